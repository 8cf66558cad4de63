extension Mistake {
    static let safety = [
        Mistake(
            "secrets where they cannot stand",
            steps: #"""
                  - {id: a, type: prompt, with: {prompt: "{{ secrets.KEY }}"}}
                  - id: b
                    type: api
                    with:
                      url: http://x?k={{ secrets.KEY }}
                      headers: {A: "Bearer {{ secrets.KEY }}", B: "{{ secrets.KEY + 'x' }}", C: "{{ \#
                size(secrets.KEY) }}"}
                """#,
            #"""
            4:46 secret_not_allowed: a secret cannot stand here — secrets go into the headers, query, \#
            auth or body of an api step, or into `secrets` of a code step
            8:26 secret_not_allowed: a secret cannot stand here — secrets go into the headers, query, \#
            auth or body of an api step, or into `secrets` of a code step
            9:55 secret_not_allowed: a secret can only be inserted as it is — write `{{ secrets.KEY }}` \#
            without operators and functions
            9:90 secret_not_allowed: a secret can only be inserted as it is — write `{{ secrets.KEY }}` \#
            without operators and functions
            """#),
        Mistake(
            "keys as literals",
            steps: #"""
                  - {id: a, type: api, with: {url: http://x, headers: {A: "Bearer \#
                sk-proj-1234567890abcdefghij"}}}
                  - {id: b, type: code, with: {language: python, code: "k = 'AKIAIOSFODNN7EXAMPLE'"}}
                  - {id: c, type: transform, with: {input: "-----BEGIN RSA PRIVATE KEY-----"}}
                """#,
            #"""
            4:59 secret_literal: this looks like an API key, which a document must not hold — store it \#
            as a secret and write {{ secrets.NAME }} here; `factory run` takes it with --secret \#
            NAME=@file. Replace the key if the document was shared
            5:56 secret_literal: this looks like an AWS access key, which a document must not hold — \#
            store it as a secret and write {{ secrets.NAME }} here; `factory run` takes it with \#
            --secret NAME=@file. Replace the key if the document was shared
            6:44 secret_literal: this looks like a private key, which a document must not hold — store \#
            it as a secret and write {{ secrets.NAME }} here; `factory run` takes it with --secret \#
            NAME=@file. Replace the key if the document was shared
            """#),
        Mistake(
            "paths that leave the workspace",
            steps: #"""
                  - {id: a, type: file, with: {operation: read, path: /etc/passwd}}
                  - {id: b, type: file, with: {operation: read, path: "../{{ inputs.f }}"}}
                  - {id: c, type: file, with: {operation: read, path: "a/../../b"}}
                """#,
            #"""
            4:55 path_outside_workspace: `path` is absolute and leaves the workspace — write a path \#
            relative to the workspace, such as `src/main.py`
            5:55 path_outside_workspace: `path` holds `..` and leaves the workspace — write a path \#
            relative to the workspace, such as `src/main.py`
            5:62 unknown_name: unknown input `f` — the document has no inputs
            6:55 path_outside_workspace: `path` holds `..` and leaves the workspace — write a path \#
            relative to the workspace, such as `src/main.py`
            """#),
    ]
}
