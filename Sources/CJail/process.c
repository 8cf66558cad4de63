#include "CJail.h"

#include <errno.h>

#ifdef __linux__
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_DESCRIPTORS = 16, ABOVE_ALL = 64 };

// The copies stand above every target number, so that no target overwrites a source that is still needed.
static int raise_all(const int *descriptors, int count, int *copies) {
    for (int i = 0; i < count; i++) copies[i] = -1;
    for (int i = 0; i < count; i++) {
        if (descriptors[i] < 0) continue;
        copies[i] = fcntl(descriptors[i], F_DUPFD_CLOEXEC, ABOVE_ALL);
        if (copies[i] < 0) return -errno;
    }
    return 0;
}

static int prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, const int *copies, int count) {
    int error = 0;
    for (int i = 0; i < count && error == 0; i++)
        if (copies[i] >= 0) error = posix_spawn_file_actions_adddup2(actions, copies[i], i);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0) error = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    return error;
}

pid_t cjail_spawn(
    const char *program, char *const arguments[], const int *descriptors, int count, int *process_descriptor) {
    if (count > MOST_DESCRIPTORS) return -EINVAL;
    int copies[MOST_DESCRIPTORS];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);

    pid_t process = -1;
    char *const nothing[] = {nullptr};
    int error = -raise_all(descriptors, count, copies);
    if (error == 0) error = prepare(&actions, &attributes, copies, count);
    if (error == 0) error = posix_spawn(&process, program, &actions, &attributes, arguments, nothing);

    for (int i = 0; i < count; i++)
        if (copies[i] >= 0) close(copies[i]);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) return -error;

    // Not yet reaped, so the number cannot have been given to another process.
    int opened = (int)syscall(SYS_pidfd_open, process, 0);
    if (opened < 0) {
        error = errno;
        kill(process, SIGKILL);
        cjail_reap(process);
        return -error;
    }
    *process_descriptor = opened;
    return process;
}

int cjail_signal(int process_descriptor, int signal) {
    long sent = syscall(SYS_pidfd_send_signal, process_descriptor, signal, nullptr, 0);
    return sent == 0 || errno == ESRCH ? 0 : -errno;
}

int cjail_reap(pid_t process) {
    int status = 0;
    pid_t reaped;
    do reaped = waitpid(process, &status, 0);
    while (reaped < 0 && errno == EINTR);
    return reaped < 0 ? -errno : status;
}
#else
pid_t cjail_spawn(
    const char *program, char *const arguments[], const int *descriptors, int count, int *process_descriptor) {
    (void)program; (void)arguments; (void)descriptors; (void)count; (void)process_descriptor;
    return -ENOSYS;
}
int cjail_signal(int process_descriptor, int signal) { (void)process_descriptor; (void)signal; return -ENOSYS; }
int cjail_reap(pid_t process) { (void)process; return -ENOSYS; }
#endif

const char *cjail_stage_name(uint32_t stage) {
    switch ((enum jail_stage)stage) {
        case JAIL_STAGE_ARGUMENTS: return "reading its arguments";
        case JAIL_STAGE_USER: return "switching to an unprivileged user";
        case JAIL_STAGE_NAMESPACES: return "making namespaces";
        case JAIL_STAGE_ID_MAP: return "mapping the user";
        case JAIL_STAGE_MOUNTS: return "mounting the root folder";
        case JAIL_STAGE_DEVICES: return "mounting devices";
        case JAIL_STAGE_JOB_FOLDER: return "mounting the job folder";
        case JAIL_STAGE_PIVOT: return "leaving the host's root folder";
        case JAIL_STAGE_FILES: return "writing the job's files";
        case JAIL_STAGE_LIMITS: return "setting limits";
        case JAIL_STAGE_PRIVILEGES: return "dropping privileges";
        case JAIL_STAGE_FILTER: return "loading the system call filter";
        case JAIL_STAGE_START: return "starting the interpreter";
        case JAIL_STAGE_SUPERVISOR: return "supervising the job";
    }
    return "an unknown stage";
}
