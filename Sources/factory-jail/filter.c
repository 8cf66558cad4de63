#include "jail.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// An allow-list. What is not on it fails: with EPERM when the call is as old as the list, with ENOSYS when it is
// newer, so that libraries take their fallback and future calls are closed by default. A program in another
// architecture's or the x32 calling convention is killed, because numbers mean something else there.

#if defined(__x86_64__)
enum { FIRST_NEW_CALL = 332 };
static const uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
enum { FIRST_NEW_CALL = 291 };
static const uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
#error "no table of system calls for this architecture"
#endif

static const uint32_t allowed[] = {
#include "syscalls.inc"
};
enum { ALLOWED = sizeof allowed / sizeof *allowed };

struct program {
    struct sock_filter instructions[2 * ALLOWED + 128];
    unsigned short count;
};

static void put(struct program *program, struct sock_filter instruction) {
    program->instructions[program->count++] = instruction;
}
static void load(struct program *program, size_t offset) {
    put(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}
static void load_number(struct program *program) { load(program, offsetof(struct seccomp_data, nr)); }
// The lower half of an argument: all that the kernel itself looks at in the flags and commands compared here.
static void load_argument(struct program *program, int index) {
    load(program, offsetof(struct seccomp_data, args) + (size_t)index * sizeof(uint64_t));
}
static void answer(struct program *program, uint32_t action) {
    put(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}
static void refuse(struct program *program, uint32_t error) { answer(program, SECCOMP_RET_ERRNO | error); }
static void jump(struct program *program, uint16_t test, uint32_t value, uint8_t yes, uint8_t no) {
    put(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_K | test, value, yes, no));
}

// Answers `action` when the accumulator equals `value`, and goes on otherwise.
static void when(struct program *program, uint32_t value, uint32_t action) {
    jump(program, BPF_JEQ, value, 0, 1);
    answer(program, action);
}

// Jumps over what follows unless the call is `number`; `end_call` sets how far.
static unsigned begin_call(struct program *program, uint32_t number) {
    jump(program, BPF_JEQ, number, 0, 0);
    return program->count - 1u;
}
static void end_call(struct program *program, unsigned begin) {
    program->instructions[begin].jf = (uint8_t)(program->count - 1 - begin);
}

static void check_clone(struct program *program) {
    unsigned begin = begin_call(program, SYS_clone);
    load_argument(program, 0);
    uint32_t namespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
                          CLONE_NEWNET | 0x80 /* CLONE_NEWTIME */;
    // The lowest byte is the signal at the child's end, where clone takes no namespace flag; it is checked all the
    // same.
    jump(program, BPF_JSET, namespaces, 0, 1);
    refuse(program, EPERM);
    answer(program, SECCOMP_RET_ALLOW);
    end_call(program, begin);
}

// Terminal tricks that type into, or watch, the terminal of whoever started the server.
static void check_ioctl(struct program *program) {
    unsigned begin = begin_call(program, SYS_ioctl);
    load_argument(program, 1);
    const uint32_t known[] = {TCGETS,    TCSETS,   TCSETSW, TCSETSF, TIOCGWINSZ,
                              TIOCGPGRP, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX};
    for (unsigned i = 0; i < sizeof known / sizeof *known; i++) when(program, known[i], SECCOMP_RET_ALLOW);
    // TIOCSTI, TIOCLINUX and whatever else there is.
    refuse(program, ENOTTY);
    end_call(program, begin);
}

// Shared memory without a file could outlive the process whose memory is counted, and large pages set aside by the
// host are counted for nobody, so both are refused.
static void check_mmap(struct program *program) {
    unsigned begin = begin_call(program, SYS_mmap);
    load_argument(program, 3);
    jump(program, BPF_JSET, MAP_HUGETLB, 0, 1);
    refuse(program, EPERM);
    jump(program, BPF_JSET, MAP_ANONYMOUS, 0, 2);
    jump(program, BPF_JSET, MAP_SHARED, 0, 1);
    refuse(program, EPERM);
    answer(program, SECCOMP_RET_ALLOW);
    end_call(program, begin);
}

static void check_prctl(struct program *program) {
    unsigned begin = begin_call(program, SYS_prctl);
    load_argument(program, 0);
    const uint32_t known[] = {
        PR_SET_NAME, PR_GET_NAME, PR_SET_PDEATHSIG, PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE,
        PR_GET_NO_NEW_PRIVS, PR_GET_SECCOMP, PR_CAPBSET_READ, PR_GET_TIMERSLACK, PR_SET_TIMERSLACK,
        0x53564d41 /* PR_SET_VMA: names of memory areas */,
    };
    for (unsigned i = 0; i < sizeof known / sizeof *known; i++) when(program, known[i], SECCOMP_RET_ALLOW);
    refuse(program, EPERM);
    end_call(program, begin);
}

static void check_socketpair(struct program *program) {
    unsigned begin = begin_call(program, SYS_socketpair);
    load_argument(program, 0);
    when(program, AF_UNIX, SECCOMP_RET_ALLOW);
    refuse(program, EPERM);
    end_call(program, begin);
}

static void write_program(struct program *program) {
    load(program, offsetof(struct seccomp_data, arch));
    jump(program, BPF_JEQ, architecture, 1, 0);
    answer(program, SECCOMP_RET_KILL_PROCESS);
    load_number(program);
#if defined(__x86_64__)
    jump(program, BPF_JGE, 0x40000000 /* x32 */, 0, 1);
    answer(program, SECCOMP_RET_KILL_PROCESS);
#endif
    check_mmap(program);
    check_clone(program);
    check_ioctl(program);
    check_prctl(program);
    check_socketpair(program);
    for (int i = 0; i < ALLOWED; i++) when(program, allowed[i], SECCOMP_RET_ALLOW);
    // Its flags lie in memory, where a filter cannot look; libraries fall back to clone.
    when(program, SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
    jump(program, BPF_JGE, FIRST_NEW_CALL, 0, 1);
    refuse(program, ENOSYS);
    refuse(program, EPERM);
}

void filter_load(const struct inside *inside) {
    struct program program = {};
    write_program(&program);
    struct sock_fprog loaded = {.len = program.count, .filter = program.instructions};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &loaded, 0, 0) != 0)
        inside_fail(inside, JAIL_STAGE_FILTER, "seccomp");
}
