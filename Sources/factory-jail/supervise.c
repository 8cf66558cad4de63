#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// How often memory and CPU time of the whole job are looked at. The kernel bounds each process; only a delegated
// cgroup would bound their sum.
static const int watch_milliseconds = 20;

static void report(const struct jail_report *report) {
    // When the server is gone nobody reads this, and the lifeline ends the job.
    (void)!send(JAIL_CONTROL, report, sizeof *report, MSG_NOSIGNAL);
}

[[noreturn]] static void fail(enum jail_stage stage, int error, const char *detail) {
    struct jail_report failed = {
        .version = JAIL_PROTOCOL_VERSION, .kind = JAIL_FAILED, .stage = stage, .error = error, .exit_code = -1};
    snprintf(failed.detail, sizeof failed.detail, "%s", detail);
    report(&failed);
    _exit(JAIL_SETUP_FAILED);
}

static void leave_root_user(const struct jail_plan *plan) {
    if (geteuid() == 0 || getuid() == 0) {
        if (setgroups(0, nullptr) != 0) fail(JAIL_STAGE_USER, errno, "setgroups");
        if (setresgid(plan->user, plan->user, plan->user) != 0) fail(JAIL_STAGE_USER, errno, "setresgid");
        if (setresuid(plan->user, plan->user, plan->user) != 0) fail(JAIL_STAGE_USER, errno, "setresuid");
        // Changing the user hides /proc/self from it, and the id maps are written there.
        if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) fail(JAIL_STAGE_USER, errno, "dumpable");
    }
    if (geteuid() == 0) fail(JAIL_STAGE_USER, EPERM, "still root");
}

struct job { pid_t process; int process_descriptor, status; };

static struct job start(const struct jail_plan *plan) {
    int status[2];
    if (pipe2(status, O_CLOEXEC) != 0) fail(JAIL_STAGE_SUPERVISOR, errno, "pipe");
    // Asked here: until they are mapped, the new namespace shows nobody's.
    struct inside inside = {.plan = plan, .status = status[1], .user = geteuid(), .group = getegid()};
    int process_descriptor = -1;
    unsigned long flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWUTS |
                          CLONE_NEWCGROUP | CLONE_PIDFD | SIGCHLD;
    pid_t process = (pid_t)syscall(SYS_clone, flags, nullptr, &process_descriptor, nullptr, nullptr);
    if (process < 0) fail(JAIL_STAGE_NAMESPACES, errno, "clone");
    if (process == 0) {
        close(status[0]);
        inside_run(&inside);
    }
    close(status[1]);
    // The job's pipes must end when the job does, so nothing of them may stay open here.
    for (int i = JAIL_STDIN; i < JAIL_DESCRIPTORS; i++)
        if (i != JAIL_LIFELINE && i != JAIL_CONTROL) close(i);
    return (struct job){process, process_descriptor, status[0]};
}

struct watch {
    enum jail_cause cause;
    uint64_t peak_bytes, cpu_microseconds;
    uint64_t seen_microseconds, gone_microseconds;
    bool fell, started, has_proc;
};

// The processor time of a child that nobody waits for goes with it, so that the sum falls; what was seen of it counts.
// The sum also falls for one look when a child is waited for between the readings of its parent and of itself.
static uint64_t spent_so_far(struct watch *watch, uint64_t now) {
    bool falls = now < watch->seen_microseconds;
    if (falls && watch->fell) watch->gone_microseconds += watch->seen_microseconds - now;
    if (!falls || watch->fell) watch->seen_microseconds = now;
    watch->fell = falls && !watch->fell;
    return watch->seen_microseconds + watch->gone_microseconds;
}

static void look(const struct jail_plan *plan, const struct job *job, struct watch *watch) {
    struct jail_usage usage;
    if (!watch->started || !usage_read(job->process, &usage)) return;
    if (usage.bytes > watch->peak_bytes) watch->peak_bytes = usage.bytes;
    uint64_t spent = spent_so_far(watch, usage.cpu_microseconds);
    if (spent > watch->cpu_microseconds) watch->cpu_microseconds = spent;
    enum jail_cause cause = usage.bytes + usage.socket_bytes > plan->memory_bytes ? JAIL_CAUSE_MEMORY
                            : spent >= plan->cpu_seconds * 1000 * 1000             ? JAIL_CAUSE_CPU
                                                                                   : JAIL_CAUSE_NONE;
    if (cause == JAIL_CAUSE_NONE) return;
    if (watch->cause == JAIL_CAUSE_NONE) watch->cause = cause;
    syscall(SYS_pidfd_send_signal, job->process_descriptor, SIGKILL, nullptr, 0);
}

// Takes one message of init. False at the end of the pipe.
static bool take_status(const struct job *job, struct watch *watch, struct jail_status *last) {
    struct jail_status status;
    ssize_t length;
    do length = read(job->status, &status, sizeof status);
    while (length < 0 && errno == EINTR);
    if (length != sizeof status) return false;
    *last = status;
    if (status.kind == JAIL_STARTED) {
        watch->started = true;
        watch->has_proc = status.has_proc;
        struct jail_report started = {
            .version = JAIL_PROTOCOL_VERSION, .kind = JAIL_STARTED, .exit_code = -1, .has_proc = status.has_proc};
        report(&started);
    }
    return true;
}

static void wait_for_end(const struct jail_plan *plan, const struct job *job, struct watch *watch,
                         struct jail_status *last) {
    struct pollfd polled[] = {
        {.fd = JAIL_LIFELINE, .events = POLLIN},
        {.fd = job->process_descriptor, .events = POLLIN},
        {.fd = job->status, .events = POLLIN},
    };
    while (!polled[1].revents) {
        if (poll(polled, 3, watch_milliseconds) < 0 && errno != EINTR) fail(JAIL_STAGE_SUPERVISOR, errno, "poll");
        if (polled[2].revents && !take_status(job, watch, last)) polled[2].fd = -1;
        if (polled[0].revents) {
            if (watch->cause == JAIL_CAUSE_NONE) watch->cause = JAIL_CAUSE_LIFELINE;
            syscall(SYS_pidfd_send_signal, job->process_descriptor, SIGKILL, nullptr, 0);
            polled[0].fd = -1;
        }
        look(plan, job, watch);
    }
}

static uint64_t microseconds(struct timeval time) {
    return (uint64_t)time.tv_sec * 1000 * 1000 + (uint64_t)time.tv_usec;
}

[[noreturn]] void supervise(const struct jail_plan *plan) {
    if (syscall(SYS_close_range, JAIL_DESCRIPTORS, ~0u, 0) != 0) fail(JAIL_STAGE_SUPERVISOR, errno, "close_range");
    leave_root_user(plan);
    if (chdir("/") != 0) fail(JAIL_STAGE_SUPERVISOR, errno, "chdir");
    if (!usage_readable()) fail(JAIL_STAGE_SUPERVISOR, ENOENT, "/proc/self/task/children");
    // Second lock behind the lifeline. It follows the thread that started this process, which waits for it.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);

    struct job job = start(plan);
    struct watch watch = {};
    struct jail_status last = {};
    wait_for_end(plan, &job, &watch, &last);

    int wait_status = 0;
    struct rusage used = {};
    pid_t reaped;
    do reaped = wait4(job.process, &wait_status, 0, &used);
    while (reaped < 0 && errno == EINTR);
    // Every process of the namespace is dead by now: the kernel ends init only after all the others.
    while (take_status(&job, &watch, &last)) {}
    if (last.kind == JAIL_FAILED) fail((enum jail_stage)last.stage, last.error, last.detail);
    if (!watch.started && watch.cause == JAIL_CAUSE_NONE)
        fail(JAIL_STAGE_SUPERVISOR, ECHILD, "the first process of the jail died");
    if (last.kind == JAIL_EXITED) wait_status = last.wait_status;

    struct jail_report exited = {.version = JAIL_PROTOCOL_VERSION, .kind = JAIL_EXITED, .has_proc = watch.has_proc};
    exited.exit_code = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
    exited.signal = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
    uint64_t spent = microseconds(used.ru_utime) + microseconds(used.ru_stime);
    exited.cpu_microseconds = spent > watch.cpu_microseconds ? spent : watch.cpu_microseconds;
    uint64_t largest = (uint64_t)used.ru_maxrss * 1024;
    exited.peak_bytes = largest > watch.peak_bytes ? largest : watch.peak_bytes;
    // RLIMIT_CPU may end the process between two looks.
    bool ran_out = (exited.signal == SIGKILL || exited.signal == SIGXCPU) &&
                   spent + 50 * 1000 >= plan->cpu_seconds * 1000 * 1000;
    exited.cause = watch.cause != JAIL_CAUSE_NONE ? watch.cause : ran_out ? JAIL_CAUSE_CPU : JAIL_CAUSE_NONE;
    report(&exited);
    _exit(0);
}
