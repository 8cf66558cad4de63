#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const struct inside *inside, const struct jail_status *status) {
    (void)!write(inside->status, status, sizeof *status);
}

[[noreturn]] void inside_fail(const struct inside *inside, enum jail_stage stage, const char *detail) {
    struct jail_status failed = {.kind = JAIL_FAILED, .stage = stage, .error = errno};
    snprintf(failed.detail, sizeof failed.detail, "%s", detail);
    tell(inside, &failed);
    _exit(JAIL_SETUP_FAILED);
}

static void die_with_supervisor(const struct inside *inside) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) inside_fail(inside, JAIL_STAGE_NAMESPACES, "parent death");
    // It may have died before the line above; then nobody holds the other end of the status pipe.
    struct pollfd other_end = {.fd = inside->status};
    if (poll(&other_end, 1, 0) != 0) _exit(JAIL_SETUP_FAILED);
}

static void write_text(const struct inside *inside, const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, text, strlen(text)) != (ssize_t)strlen(text))
        inside_fail(inside, JAIL_STAGE_ID_MAP, path);
    close(file);
}

// One user and one group, both 1000 inside.
static void map_user(const struct inside *inside, uid_t user, gid_t group) {
    char text[64];
    write_text(inside, "/proc/self/setgroups", "deny");
    snprintf(text, sizeof text, "1000 %u 1\n", user);
    write_text(inside, "/proc/self/uid_map", text);
    snprintf(text, sizeof text, "1000 %u 1\n", group);
    write_text(inside, "/proc/self/gid_map", text);
}

// When the machine itself runs out of memory, jobs end before the server and its neighbours do.
static void go_first(void) {
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    (void)!write(file, "500", 3);
    close(file);
}

static void send_folder(const struct inside *inside, int folder) {
    struct jail_report ready = {.version = JAIL_PROTOCOL_VERSION, .kind = JAIL_READY, .exit_code = -1};
    struct iovec part = {.iov_base = &ready, .iov_len = sizeof ready};
    alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {0};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(header), &folder, sizeof folder);
    if (sendmsg(JAIL_CONTROL, &message, MSG_NOSIGNAL) < 0) inside_fail(inside, JAIL_STAGE_SUPERVISOR, "sendmsg");
}

static char *const environment[] = {
    "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/job", "TMPDIR=/tmp", "LANG=C.UTF-8", "TZ=UTC", "NO_COLOR=1", nullptr};

[[noreturn]] static void become_job(const struct inside *inside, int itself, int started) {
    const char *program = inside->plan->canary ? "factory-jail" : inside->plan->arguments[0];
    if (inside->plan->canary) {
        char *const arguments[] = {"factory-jail", "--canary-inside", nullptr};
        syscall(SYS_execveat, itself, "", arguments, environment, AT_EMPTY_PATH);
    } else {
        execve(program, inside->plan->arguments, environment);
    }
    int error = errno;
    (void)!write(started, "", 1);
    errno = error;
    inside_fail(inside, JAIL_STAGE_START, program);
}

// Waits for the job's main process and buries what it leaves behind. Whatever still runs then dies with this process.
[[noreturn]] static void wait_as_init(const struct inside *inside, pid_t job) {
    for (;;) {
        int wait_status;
        pid_t ended = waitpid(-1, &wait_status, 0);
        if (ended < 0 && errno != EINTR) _exit(JAIL_SETUP_FAILED);
        if (ended != job) continue;
        struct jail_status exited = {.kind = JAIL_EXITED, .wait_status = wait_status};
        tell(inside, &exited);
        _exit(0);
    }
}

[[noreturn]] void inside_run(struct inside *inside) {
    die_with_supervisor(inside);
    map_user(inside, inside->user, inside->group);
    go_first();
    int itself = inside->plan->canary ? open("/proc/self/exe", O_PATH | O_CLOEXEC) : -1;

    bool has_proc = root_build(inside);
    int folder = root_enter(inside);
    files_unpack(inside, folder);
    root_lock(inside);
    send_folder(inside, folder);
    close(folder);
    if (sethostname("sandbox", 7) != 0 || setsid() < 0) inside_fail(inside, JAIL_STAGE_NAMESPACES, "setsid");

    // Only the job's own six, the status pipe and, for the canary, this program stay open.
    enum { STATUS = JAIL_PROGRESS + 1, ITSELF };
    int status = fcntl(inside->status, F_DUPFD_CLOEXEC, JAIL_DESCRIPTORS);
    if (itself >= 0) itself = fcntl(itself, F_DUPFD_CLOEXEC, JAIL_DESCRIPTORS);
    if (status < 0 || dup3(status, STATUS, O_CLOEXEC) < 0) inside_fail(inside, JAIL_STAGE_START, "dup");
    inside->status = STATUS;
    if (itself >= 0) itself = dup3(itself, ITSELF, O_CLOEXEC);
    if (syscall(SYS_close_range, itself >= 0 ? ITSELF + 1 : ITSELF, ~0u, 0) != 0)
        inside_fail(inside, JAIL_STAGE_START, "close_range");
    int started[2];
    if (pipe2(started, O_CLOEXEC) != 0) inside_fail(inside, JAIL_STAGE_START, "pipe");

    limits_set(inside);
    privileges_drop(inside);
    // The job may not look into init's memory. The program that the job becomes is dumpable again.
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) inside_fail(inside, JAIL_STAGE_PRIVILEGES, "dumpable");
    // Dropping privileges may have taken this back.
    die_with_supervisor(inside);
    filter_load(inside);

    pid_t job = fork();
    if (job < 0) inside_fail(inside, JAIL_STAGE_START, "fork");
    if (job == 0) become_job(inside, itself, started[1]);
    close(started[1]);
    for (int i = JAIL_STDIN; i <= JAIL_PROGRESS; i++) close(i);
    // The job's exec ends this pipe; a byte in it means that exec failed, which the child reports by itself.
    char failed;
    ssize_t length;
    do length = read(started[0], &failed, 1);
    while (length < 0 && errno == EINTR);
    if (length != 0) {
        waitpid(job, nullptr, 0);
        _exit(JAIL_SETUP_FAILED);
    }
    struct jail_status running = {.kind = JAIL_STARTED, .has_proc = has_proc};
    tell(inside, &running);
    wait_as_init(inside, job);
}
