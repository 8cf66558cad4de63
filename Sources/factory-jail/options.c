#include "jail.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool number(const char *text, uint64_t *value) {
    if (!isdigit((unsigned char)text[0])) return false;
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return errno == 0 && *end == 0;
}

bool plan_read(struct jail_plan *plan, int count, char **arguments) {
    *plan = (struct jail_plan){};
    uint64_t user = 0, version = 0;
    const struct { const char *name; uint64_t *value; } numbers[] = {
        {"--protocol", &version},
        {"--user", &user},
        {"--memory", &plan->memory_bytes},
        {"--data", &plan->data_bytes},
        {"--address", &plan->address_bytes},
        {"--file-size", &plan->file_bytes},
        {"--cpu", &plan->cpu_seconds},
        {"--processes", &plan->processes},
        {"--descriptors", &plan->descriptors},
        {"--folder-size", &plan->folder_bytes},
        {"--folder-entries", &plan->folder_entries},
    };
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--canary") == 0) { plan->canary = true; continue; }
        if (strcmp(arguments[i], "--") == 0) { plan->arguments = arguments + i + 1; break; }
        if (i + 1 == count) return false;
        if (strcmp(arguments[i], "--agent") == 0) { plan->agent_name = arguments[++i]; continue; }
        bool known = false;
        for (unsigned n = 0; n < sizeof numbers / sizeof *numbers && !known; n++)
            if (strcmp(arguments[i], numbers[n].name) == 0) {
                if (!number(arguments[i + 1], numbers[n].value)) return false;
                known = true;
            }
        if (!known) return false;
        i++;
    }
    plan->user = (uint32_t)user;
    bool has_program = plan->arguments && plan->arguments[0] && plan->arguments[0][0] == '/';
    bool has_agent = plan->agent_name && !strchr(plan->agent_name, '/') && plan->agent_name[0] != '.';
    return version == JAIL_PROTOCOL_VERSION && user != 0 && user < UINT32_MAX && plan->memory_bytes &&
           plan->data_bytes && plan->file_bytes && plan->cpu_seconds && plan->processes && plan->descriptors &&
           plan->folder_bytes && plan->folder_entries && (plan->canary || (has_program && has_agent));
}
