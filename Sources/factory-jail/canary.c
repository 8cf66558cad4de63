#include "jail.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The attacks of the start-up self-test, made by this program from inside a jail, where a job would stand. What to
// look for comes through JAIL_JOB, one per line: a file of the host, a port with a listener on the loopback
// interface, and the process id of the server.

struct target { char file[512]; int port; pid_t server; };

static bool read_target(struct target *target) {
    char text[1024] = {0};
    ssize_t length = read(JAIL_JOB, text, sizeof text - 1);
    return length > 0 && sscanf(text, "%511s %d %d", target->file, &target->port, &target->server) == 3;
}

// The marker that the server's environment holds, and everything else that is not the jail's own six.
static bool sees_environment(void) {
    int count = 0;
    for (char **variable = environ; *variable; variable++) count++;
    return count != 6 || getenv("FACTORY_CANARY") != nullptr;
}

static bool reads_file(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    char byte;
    bool read_it = read(file, &byte, 1) == 1;
    close(file);
    return read_it;
}

static bool connects(int port) {
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0) return false;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    connect(connection, (struct sockaddr *)&address, sizeof address);
    close(connection);
    // The socket alone is more than a job may have.
    return true;
}

static bool sees_process(pid_t process) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", process);
    // In a namespace of its own the number of the server belongs to nobody, or to a process of this job.
    bool listed = process > 16 && access(path, F_OK) == 0;
    return listed || (process > 16 && (kill(process, 0) == 0 || errno == EPERM));
}

static bool writes_program(void) {
    const char *path = "/usr/bin/.factory-canary";
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return false;
    close(file);
    unlink(path);
    return true;
}

static bool gains_user(void) { return setuid(0) == 0 || syscall(SYS_setresuid, 0, 0, 0) == 0; }
static bool gains_namespace(void) { return unshare(CLONE_NEWUSER) == 0; }
// A folder that a jail alone has, so that running the attacks outside of one changes nothing.
static bool mounts(void) { return mount("canary", "/job", "tmpfs", 0, nullptr) == 0; }
static bool traces(void) { return ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; }

static bool types_into_terminal(void) {
    char letter = 'x';
    return syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, &letter) == 0;
}

static bool keeps_descriptors(void) {
    for (int i = JAIL_PROGRESS + 1; i < 256; i++)
        if (fcntl(i, F_GETFD) >= 0) return true;
    return false;
}

int canary_run(void) {
    struct target target;
    if (!read_target(&target)) return 2;
    const struct { const char *name; bool escaped; } attacks[] = {
        {"environment", sees_environment()},
        {"file", reads_file(target.file)},
        {"accounts", reads_file("/etc/shadow") || reads_file("/etc/hostname")},
        {"network", connects(target.port)},
        {"processes", sees_process(target.server)},
        {"programs", writes_program()},
        {"mount", mounts()},
        {"namespace", gains_namespace()},
        {"trace", traces()},
        {"user", gains_user()},
        {"terminal", types_into_terminal()},
        {"descriptors", keeps_descriptors()},
    };
    char text[1024] = "{";
    size_t length = 1;
    for (unsigned i = 0; i < sizeof attacks / sizeof *attacks; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s\"%s\":%s", i ? "," : "", attacks[i].name,
                                   attacks[i].escaped ? "true" : "false");
    length += (size_t)snprintf(text + length, sizeof text - length, "}");
    return write(JAIL_RESULT, text, length) == (ssize_t)length ? 0 : 1;
}
