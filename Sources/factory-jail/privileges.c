#include "jail.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void limit(const struct inside *inside, int resource, uint64_t value, const char *name) {
    struct rlimit wanted = {value, value}, now;
    if (getrlimit((__rlimit_resource_t)resource, &now) != 0) inside_fail(inside, JAIL_STAGE_LIMITS, name);
    // The host may allow this process less already, and only root could raise that again.
    if (now.rlim_max < wanted.rlim_max) wanted = (struct rlimit){now.rlim_max, now.rlim_max};
    if (setrlimit((__rlimit_resource_t)resource, &wanted) != 0) inside_fail(inside, JAIL_STAGE_LIMITS, name);
}

void limits_set(const struct inside *inside) {
    const struct jail_plan *plan = inside->plan;
    // One second more than the supervisor allows, which sees the sum of all processes and can say why.
    limit(inside, RLIMIT_CPU, plan->cpu_seconds + 1, "cpu");
    limit(inside, RLIMIT_DATA, plan->data_bytes, "data");
    if (plan->address_bytes) limit(inside, RLIMIT_AS, plan->address_bytes, "address space");
    limit(inside, RLIMIT_FSIZE, plan->file_bytes, "file size");
    limit(inside, RLIMIT_NOFILE, plan->descriptors, "descriptors");
    // init is one of them.
    limit(inside, RLIMIT_NPROC, plan->processes + 1, "processes");
    limit(inside, RLIMIT_MEMLOCK, 64 << 10, "locked memory");
    limit(inside, RLIMIT_STACK, 8 << 20, "stack");
    limit(inside, RLIMIT_CORE, 0, "core");
    limit(inside, RLIMIT_SIGPENDING, 1024, "signals");
    limit(inside, RLIMIT_MSGQUEUE, 0, "message queues");
    limit(inside, RLIMIT_RTPRIO, 0, "real-time priority");
    limit(inside, RLIMIT_NICE, 0, "priority");
}

void privileges_drop(const struct inside *inside) {
    for (unsigned long capability = 0; capability < 64; capability++)
        // EINVAL: beyond the last one this kernel knows.
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0 && errno != EINVAL)
            inside_fail(inside, JAIL_STAGE_PRIVILEGES, "bounding set");
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
        inside_fail(inside, JAIL_STAGE_PRIVILEGES, "ambient set");
    unsigned long bits = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP | SECBIT_NO_SETUID_FIXUP_LOCKED |
                         SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    if (prctl(PR_SET_SECUREBITS, bits, 0, 0, 0) != 0) inside_fail(inside, JAIL_STAGE_PRIVILEGES, "securebits");
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    if (syscall(SYS_capset, &header, none) != 0) inside_fail(inside, JAIL_STAGE_PRIVILEGES, "capset");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) inside_fail(inside, JAIL_STAGE_PRIVILEGES, "no_new_privs");
}
