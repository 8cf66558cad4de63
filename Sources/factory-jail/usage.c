#include "jail.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// More processes than any limit lets a job have.
enum { MOST_PROCESSES = 1024 };

static ssize_t read_text(const char *path, char *text, size_t size) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    size_t length = 0;
    ssize_t count;
    while (length + 1 < size && (count = read(file, text + length, size - 1 - length)) > 0) length += (size_t)count;
    close(file);
    text[length] = 0;
    return (ssize_t)length;
}

// A line of a status file in bytes, 0 when it is not there.
static uint64_t kilobytes(const char *text, const char *name) {
    const char *line = strstr(text, name);
    return line ? strtoull(line + strlen(name), nullptr, 10) * 1024 : 0;
}

// Adds the memory of a process as one of its threads tells it; false when that thread has none any more. The tables
// that map pages are memory too, even where the pages are the same page of zeros a million times.
static bool add_memory(const char *path, struct jail_usage *usage) {
    char text[4096];
    if (read_text(path, text, sizeof text) < 0 || !strstr(text, "\nRssAnon:")) return false;
    // The filter refuses shared anonymous memory, so pages that are shared belong to files.
    usage->bytes += kilobytes(text, "\nRssAnon:") + kilobytes(text, "\nVmSwap:") + kilobytes(text, "\nVmPTE:");
    return true;
}

// A process whose first thread has ended shows no memory of its own, while its other threads use it.
static void add_memory_of_threads(pid_t process, struct jail_usage *usage) {
    char path[320];
    snprintf(path, sizeof path, "/proc/%d/task", process);
    DIR *threads = opendir(path);
    if (!threads) return;
    for (struct dirent *thread; (thread = readdir(threads));) {
        if (thread->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "/proc/%d/task/%s/status", process, thread->d_name);
        if (add_memory(path, usage)) break;
    }
    closedir(threads);
}

static bool add(pid_t process, struct jail_usage *usage) {
    char path[64], text[1024];
    unsigned long user, system;
    long reaped_user, reaped_system;
    snprintf(path, sizeof path, "/proc/%d/status", process);
    if (!add_memory(path, usage)) add_memory_of_threads(process, usage);
    snprintf(path, sizeof path, "/proc/%d/stat", process);
    if (read_text(path, text, sizeof text) < 0) return false;
    // The name in parentheses may hold anything.
    const char *fields = strrchr(text, ')');
    if (!fields || sscanf(fields, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld",
                          &user, &system, &reaped_user, &reaped_system) != 4)
        return false;
    static long ticks;
    if (!ticks) ticks = sysconf(_SC_CLK_TCK);
    usage->cpu_microseconds +=
        (user + system + (uint64_t)reaped_user + (uint64_t)reaped_system) * (1000u * 1000u / (uint64_t)ticks);
    return true;
}

// What each socket may hold at most, which the filter lets nobody raise.
static uint64_t bytes_of_socket(void) {
    char text[64];
    if (read_text("/proc/sys/net/core/wmem_default", text, sizeof text) <= 0) return 212992;
    return strtoull(text, nullptr, 10);
}

// What may wait in the job's sockets. The kernel tells how many there are, not how full.
static uint64_t bytes_in_sockets(pid_t process) {
    static uint64_t each;
    if (!each) each = bytes_of_socket();
    char path[64], text[1024];
    unsigned long sockets;
    snprintf(path, sizeof path, "/proc/%d/net/sockstat", process);
    if (read_text(path, text, sizeof text) <= 0 || sscanf(text, "sockets: used %lu", &sockets) != 1) return 0;
    return sockets * each;
}

static int add_children(const char *path, pid_t *found, int count) {
    char text[16384];
    if (read_text(path, text, sizeof text) <= 0) return count;
    char *rest = text;
    for (char *word; count < MOST_PROCESSES && (word = strsep(&rest, " "));)
        if (*word) found[count++] = (pid_t)atoi(word);
    return count;
}

// Children hang on the thread that forked them.
static int children_of(pid_t process, pid_t *found, int count) {
    char path[320];
    snprintf(path, sizeof path, "/proc/%d/task", process);
    DIR *threads = opendir(path);
    if (!threads) return count;
    for (struct dirent *thread; (thread = readdir(threads));) {
        if (thread->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "/proc/%d/task/%s/children", process, thread->d_name);
        count = add_children(path, found, count);
    }
    closedir(threads);
    return count;
}

bool usage_readable(void) {
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    return access(path, R_OK) == 0;
}

bool usage_read(pid_t process, struct jail_usage *usage) {
    *usage = (struct jail_usage){.socket_bytes = bytes_in_sockets(process)};
    static pid_t found[MOST_PROCESSES];
    found[0] = process;
    int count = 1;
    for (int i = 0; i < count; i++) {
        if (!add(found[i], usage) && i == 0) return false;
        count = children_of(found[i], found, count);
    }
    return true;
}
