// What the server and factory-jail agree on. Both come from one build and lie in one folder; the version is checked
// all the same, because an installation can be replaced half.
#pragma once

#include <stdint.h>

#define JAIL_PROTOCOL_VERSION 1u

// The exit status of factory-jail when nothing of the job ran.
#define JAIL_SETUP_FAILED 98

// The descriptors factory-jail starts with. The job keeps 0 to 5 and nothing else.
enum jail_descriptor {
    JAIL_STDIN = 0,
    JAIL_STDOUT = 1,
    JAIL_STDERR = 2,
    JAIL_RESULT = 3,    // the job writes its result here
    JAIL_JOB = 4,       // sealed: what the agent runs, as JSON
    JAIL_PROGRESS = 5,  // the job writes progress lines here
    JAIL_LIFELINE = 6,  // read end; its end of file ends the jail
    JAIL_CONTROL = 7,   // factory-jail writes reports here, never the job
    JAIL_FILES = 8,     // sealed: files for /job, each a jail_file with its path and bytes behind it
    JAIL_AGENT = 9,     // sealed: the program that the interpreter is given
    JAIL_DESCRIPTORS = 10,
};

// Stands before each file in JAIL_FILES.
struct jail_file {
    uint32_t path_length;
    uint32_t executable;
    uint64_t size;
};

enum jail_report_kind {
    JAIL_READY = 1,    // carries the descriptor of /job
    JAIL_STARTED = 2,  // the interpreter runs
    JAIL_FAILED = 3,   // nothing ran; stage, error and detail say why
    JAIL_EXITED = 4,   // everything is dead
};

// Why factory-jail ended a job by itself.
enum jail_cause {
    JAIL_CAUSE_NONE = 0,
    JAIL_CAUSE_MEMORY = 1,
    JAIL_CAUSE_CPU = 2,
    JAIL_CAUSE_LIFELINE = 3,
};

enum jail_stage {
    JAIL_STAGE_ARGUMENTS = 1,
    JAIL_STAGE_USER,
    JAIL_STAGE_NAMESPACES,
    JAIL_STAGE_ID_MAP,
    JAIL_STAGE_MOUNTS,
    JAIL_STAGE_DEVICES,
    JAIL_STAGE_JOB_FOLDER,
    JAIL_STAGE_PIVOT,
    JAIL_STAGE_FILES,
    JAIL_STAGE_LIMITS,
    JAIL_STAGE_PRIVILEGES,
    JAIL_STAGE_FILTER,
    JAIL_STAGE_START,
    JAIL_STAGE_SUPERVISOR,
};

// One message on JAIL_CONTROL.
struct jail_report {
    uint32_t version;
    uint32_t kind;
    uint32_t stage;
    int32_t error;      // errno
    int32_t exit_code;  // of the job's main process; -1 when a signal ended it
    int32_t signal;     // that signal, or 0
    uint32_t cause;
    uint32_t has_proc;  // whether the job sees a /proc of its own
    uint64_t cpu_microseconds;
    uint64_t peak_bytes;
    char detail[96];
};
