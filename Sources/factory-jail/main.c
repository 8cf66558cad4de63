#include "jail.h"

#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
#ifdef __linux__
    if (count == 2 && strcmp(arguments[1], "--canary-inside") == 0) return canary_run();
    struct jail_plan plan;
    if (!plan_read(&plan, count, arguments)) {
        fputs("factory-jail is started by factory, which passes it the descriptors of a job.\n", stderr);
        return JAIL_SETUP_FAILED;
    }
    supervise(&plan);
#else
    (void)count; (void)arguments;
    fputs("factory-jail needs Linux: its boundary is made of namespaces and seccomp.\n", stderr);
    return JAIL_SETUP_FAILED;
#endif
}
