extension Mistake {
    static let later = [
        Mistake(
            "parts that are not in this build",
            #"""
            version: 1
            name: demo
            budget: {usd: 1}
            concurrency: {limit: 1}
            defaults: {cache: true}
            steps:
              - {id: a, type: loop}
              - {id: b, type: approval}
              - {id: c, type: pipeline}
              - {id: d, type: transform, for_each: '[1]', max_parallel: 2, cache: true}
            """#,
            #"""
            3:1 not_in_this_build: `budget` is not in this build — remove it
            4:1 not_in_this_build: `concurrency` is not in this build — remove it
            5:12 not_in_this_build: `cache` is not in this build — remove it
            7:19 not_in_this_build: step type `loop` is not in this build — remove the step
            8:19 not_in_this_build: step type `approval` is not in this build — remove the step
            9:19 not_in_this_build: step type `pipeline` is not in this build — remove the step
            10:30 not_in_this_build: `for_each` is not in this build — remove it
            10:47 not_in_this_build: `max_parallel` is not in this build — remove it
            10:64 not_in_this_build: `cache` is not in this build — remove it
            """#),
        Mistake(
            "fields that are not in this build",
            steps: #"""
                  - {id: a, type: prompt, with: {prompt: x, model: "auto:best", tools: [a], images: [b], \#
                files: [c], fallback: [d], max_tool_rounds: 1}}
                  - {id: b, type: code, with: {language: shell, code: x, environment: e}}
                  - {id: c, type: file, with: {operation: read, path: a, range: 1-2}}
                  - {id: d, type: api, with: {url: http://x, multipart: {}, save_to: a, paginate: {}, auth: \#
                {hmac: {}}}}
                """#,
            #"""
            4:52 not_in_this_build: `model` `auto:best` is not in this build — write `provider/name` or \#
            an alias
            4:65 not_in_this_build: `tools` is not in this build — remove it
            4:77 not_in_this_build: `images` is not in this build — remove it
            4:90 not_in_this_build: `files` is not in this build — remove it
            4:102 not_in_this_build: `fallback` is not in this build — remove it
            4:117 not_in_this_build: `max_tool_rounds` is not in this build — remove it
            5:42 not_in_this_build: `language` `shell` is not in this build — use python or javascript
            5:58 not_in_this_build: `environment` is not in this build — remove it
            6:58 not_in_this_build: `range` is not in this build — remove it
            7:46 not_in_this_build: `multipart` is not in this build — remove it
            7:61 not_in_this_build: `save_to` is not in this build — remove it
            7:73 not_in_this_build: `paginate` is not in this build — remove it
            7:94 not_in_this_build: `hmac` is not in this build — remove it
            """#),
    ]
}
