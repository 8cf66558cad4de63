// What Swift cannot do by itself: spawning with passed descriptors, receiving descriptors, sealed memory files, and
// opening a path that must stay below a folder. Every function answers a value >= 0, or a negated errno.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "jail_protocol.h"

#define CJAIL_API __attribute__((visibility("default")))

// Opens `path` below the folder `directory` without following any symbolic link, leaving the folder, or crossing
// into another mount. `flags` and `mode` are those of open(2); O_CLOEXEC and O_NOFOLLOW are added. Uses openat2
// where the kernel has it and walks component by component where not. Retries EAGAIN at most 8 times.
CJAIL_API int cjail_open_beneath(int directory, const char *path, int flags, mode_t mode);

// A new memory file, closed on exec, that can be sealed.
CJAIL_API int cjail_memory_file(const char *name);

// Forbids every further change of a memory file, its size included, and rewinds it.
CJAIL_API int cjail_seal(int file);

// A connected pair of local sockets that keep message boundaries, both closed on exec.
CJAIL_API int cjail_socket_pair(int pair[2]);

// A pipe, both ends closed on exec; the reading end does not block when `nonblocking_read` is set.
CJAIL_API int cjail_pipe(int pair[2], bool nonblocking_read);

// A counter that poll(2) sees as readable after cjail_wake; -ENOSYS where there is none.
CJAIL_API int cjail_event(void);
CJAIL_API int cjail_wake(int event);

// Takes one message off `socket`. Returns its length, 0 at the end. `*passed` becomes the descriptor that came with
// it (closed on exec), or -1.
CJAIL_API ssize_t cjail_receive(int socket, void *buffer, size_t size, int *passed);

// Starts `program` with an empty environment, default signals, and exactly the `count` descriptors in `descriptors`,
// which become 0, 1, 2 … there; -1 leaves a number closed. Returns the process id. The child dies with the calling
// thread only if it asks for that itself.
CJAIL_API pid_t cjail_spawn(
    const char *program, char *const arguments[], const int *descriptors, int count, int *process_descriptor);

// Sends `signal` to the process behind a process descriptor; a process that is gone already is no error.
CJAIL_API int cjail_signal(int process_descriptor, int signal);

// Waits for `process` and takes it off the process table; returns its wait status.
CJAIL_API int cjail_reap(pid_t process);

// The name of a set-up stage, for messages.
CJAIL_API const char *cjail_stage_name(uint32_t stage);
