// factory-jail: starts one job behind the kernel's boundary.
//
//   supervisor (host's namespaces, unprivileged) ─ clone ▶ init (pid 1 of the job) ─ fork ▶ the job
//
// The supervisor watches three descriptors: the lifeline (the server holds its other end), init's process
// descriptor, and the status pipe. One SIGKILL to init ends every process of the job, however it was started, because
// init is the first process of their pid namespace. When the job's main process ends, init ends, with the same effect.
// init dies with the supervisor (PR_SET_PDEATHSIG), the supervisor dies with the server (lifeline).
//
// Whatever fails before the job starts is reported with its stage and ends in exit status 98; nothing runs then.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "jail_protocol.h"

// Everything about a job that is not content.
struct jail_plan {
    uint32_t user;               // switched to when started as root
    uint64_t memory_bytes;       // of all processes together
    uint64_t data_bytes;         // RLIMIT_DATA of one process
    uint64_t address_bytes;      // RLIMIT_AS of one process, 0 for none
    uint64_t file_bytes;         // RLIMIT_FSIZE
    uint64_t cpu_seconds;        // of all processes together
    uint64_t processes;          // and threads
    uint64_t descriptors;
    uint64_t folder_bytes;       // /job and /tmp together
    uint64_t folder_entries;
    const char *agent_name;      // the agent's name in /factory
    char **arguments;            // the interpreter and its arguments; the first is its path
    bool canary;                 // run the built-in attacks instead
};

// What init tells the supervisor over the status pipe.
struct jail_status {
    uint32_t kind;  // enum jail_report_kind
    uint32_t stage;
    int32_t error;
    int32_t wait_status;
    uint32_t has_proc;
    char detail[96];
};

// options.c
bool plan_read(struct jail_plan *plan, int count, char **arguments);

// supervise.c
[[noreturn]] void supervise(const struct jail_plan *plan);

// usage.c: what the processes below `process` (it included) use now. `bytes` is memory of their own; shared file pages
// are left out. `socket_bytes` is the most that can wait in their sockets, which belongs to no process. Returns false
// when /proc does not tell.
struct jail_usage { uint64_t bytes, socket_bytes, cpu_microseconds; };
bool usage_read(pid_t process, struct jail_usage *usage);
// Whether the host's /proc lists children, without which nothing bounds the job's memory as a whole.
bool usage_readable(void);

// inside.c: runs in the new namespaces as pid 1.
struct inside {
    const struct jail_plan *plan;
    int status;
    uid_t user;
    gid_t group;
};
[[noreturn]] void inside_run(struct inside *inside);
// Reports and ends the process; `errno` is the reason.
[[noreturn]] void inside_fail(const struct inside *inside, enum jail_stage stage, const char *detail);

// root.c: the file tree of the job. Answers through inside_fail.
bool root_build(const struct inside *inside);
int root_enter(const struct inside *inside);
void root_lock(const struct inside *inside);

// files.c: unpacks JAIL_FILES into `folder`.
void files_unpack(const struct inside *inside, int folder);
// Copies the whole of `from` into a new file.
bool file_copy(int from, int folder, const char *name, mode_t mode);

// privileges.c
void limits_set(const struct inside *inside);
void privileges_drop(const struct inside *inside);

// filter.c
void filter_load(const struct inside *inside);

// canary.c: tries to break out and writes what it managed as JSON to JAIL_RESULT.
int canary_run(void);
