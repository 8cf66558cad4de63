#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The numbers of the mount calls of Linux 5.2 and 5.12, which older C libraries do not name.
enum {
    CLONE_TREE = 1,           // OPEN_TREE_CLONE
    TREE_CLOEXEC = O_CLOEXEC, // OPEN_TREE_CLOEXEC
    EMPTY_SOURCE = 4,         // MOVE_MOUNT_F_EMPTY_PATH
    WHOLE_TREE = 0x8000,      // AT_RECURSIVE
    READ_ONLY = 1, NO_SETUID = 2, NO_DEVICES = 4, NO_EXEC = 8,  // MOUNT_ATTR_*
};
struct mount_attributes { uint64_t set, clear, propagation, user_namespace; };

// Nothing else than /usr is needed once the sources are open, so the new root is put together on top of it, in this
// process's own mount namespace.
#define NEW_ROOT "/usr"

static int take(const char *path, bool whole, uint64_t attributes) {
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, path, CLONE_TREE | TREE_CLOEXEC | (whole ? WHOLE_TREE : 0));
    if (tree < 0) return -1;
    struct mount_attributes wanted = {.set = attributes, .propagation = MS_PRIVATE};
    if (syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | (whole ? WHOLE_TREE : 0), &wanted, sizeof wanted) != 0) {
        int error = errno;
        close(tree);
        errno = error;
        return -1;
    }
    return tree;
}

static bool put(int tree, int root, const char *path) {
    bool done = syscall(SYS_move_mount, tree, "", root, path, EMPTY_SOURCE) == 0;
    close(tree);
    return done;
}

static bool write_file(int folder, const char *path, const char *text) {
    int file = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    if (file < 0) return false;
    bool done = write(file, text, strlen(text)) == (ssize_t)strlen(text);
    close(file);
    return done;
}

// The folders that programs and their libraries come from. On most systems all but /usr are links into it.
static const char *const program_folders[] = {"/usr", "/bin", "/lib", "/lib64"};
enum { PROGRAM_FOLDERS = sizeof program_folders / sizeof *program_folders };

struct sources {
    int programs[PROGRAM_FOLDERS];
    char links[PROGRAM_FOLDERS][64];
    int null, urandom, library_cache;
};

static void take_sources(const struct inside *inside, struct sources *sources) {
    for (int i = 0; i < PROGRAM_FOLDERS; i++) {
        const char *path = program_folders[i];
        sources->programs[i] = -1;
        sources->links[i][0] = 0;
        struct stat found;
        if (lstat(path, &found) != 0) continue;
        if (S_ISLNK(found.st_mode)) {
            ssize_t length = readlink(path, sources->links[i], sizeof sources->links[i] - 1);
            sources->links[i][length > 0 ? length : 0] = 0;
            const char *target = sources->links[i] + (sources->links[i][0] == '/');
            if (strncmp(target, "usr/", 4) != 0) sources->links[i][0] = 0;
            continue;
        }
        sources->programs[i] = take(path, true, READ_ONLY | NO_SETUID | NO_DEVICES);
        if (sources->programs[i] < 0) inside_fail(inside, JAIL_STAGE_MOUNTS, path);
    }
    if (sources->programs[0] < 0) { errno = ENOENT; inside_fail(inside, JAIL_STAGE_MOUNTS, "/usr"); }
    sources->null = take("/dev/null", false, NO_SETUID | NO_EXEC);
    sources->urandom = take("/dev/urandom", false, NO_SETUID | NO_EXEC);
    // No /dev/zero: mapped shared, it is memory that is counted for no process.
    if (sources->null < 0 || sources->urandom < 0)
        inside_fail(inside, JAIL_STAGE_DEVICES, "/dev");
    // Names of shared libraries only; interpreters below /usr/local need it to find theirs.
    sources->library_cache = take("/etc/ld.so.cache", false, READ_ONLY | NO_SETUID | NO_DEVICES | NO_EXEC);
}

static bool place(int tree, int root, const char *path) {
    int file = openat(root, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    if (file < 0) return false;
    close(file);
    return put(tree, root, path);
}

static void place_programs(const struct inside *inside, int root, const struct sources *sources) {
    for (int i = 0; i < PROGRAM_FOLDERS; i++) {
        const char *name = program_folders[i] + 1;
        if (sources->links[i][0] && symlinkat(sources->links[i], root, name) != 0)
            inside_fail(inside, JAIL_STAGE_MOUNTS, program_folders[i]);
        if (sources->programs[i] < 0) continue;
        if (mkdirat(root, name, 0755) != 0 || !put(sources->programs[i], root, name))
            inside_fail(inside, JAIL_STAGE_MOUNTS, program_folders[i]);
    }
}

static void place_devices(const struct inside *inside, int root, const struct sources *sources, bool has_proc) {
    if (mkdirat(root, "dev", 0755) != 0 || !place(sources->null, root, "dev/null") ||
        !place(sources->urandom, root, "dev/urandom") ||
        symlinkat("urandom", root, "dev/random") != 0)
        inside_fail(inside, JAIL_STAGE_DEVICES, "/dev");
    if (has_proc && (symlinkat("/proc/self/fd", root, "dev/fd") != 0 ||
                     symlinkat("/proc/self/fd/0", root, "dev/stdin") != 0 ||
                     symlinkat("/proc/self/fd/1", root, "dev/stdout") != 0 ||
                     symlinkat("/proc/self/fd/2", root, "dev/stderr") != 0))
        inside_fail(inside, JAIL_STAGE_DEVICES, "/dev/fd");
}

static void place_etc(const struct inside *inside, int root, const struct sources *sources) {
    if (mkdirat(root, "etc", 0755) != 0 ||
        !write_file(root, "etc/passwd", "sandbox:x:1000:1000:sandbox:/job:/usr/sbin/nologin\n") ||
        !write_file(root, "etc/group", "sandbox:x:1000:\n") ||
        (sources->library_cache >= 0 && !place(sources->library_cache, root, "etc/ld.so.cache")))
        inside_fail(inside, JAIL_STAGE_MOUNTS, "/etc");
}

static void place_agent(const struct inside *inside, int root) {
    if (inside->plan->canary) return;
    int folder = mkdirat(root, "factory", 0755) == 0 ? openat(root, "factory", O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    if (folder < 0 || !file_copy(JAIL_AGENT, folder, inside->plan->agent_name, 0444))
        inside_fail(inside, JAIL_STAGE_MOUNTS, "/factory");
    close(folder);
}

// A /proc of the job's own. It must come before the old root goes, because the kernel lets an unprivileged process
// mount one only where it can see another already. In containers that mask theirs this fails; the job then runs
// without, never with the outer one.
static bool place_proc(const struct inside *inside, int root) {
    if (mkdirat(root, "proc", 0555) != 0) inside_fail(inside, JAIL_STAGE_MOUNTS, "/proc");
    unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    return mount("proc", NEW_ROOT "/proc", "proc", flags, "subset=pid") == 0;
}

// One tmpfs behind both folders, so that one quota covers both.
static void place_job(const struct inside *inside, int root) {
    char options[128];
    snprintf(options, sizeof options, "size=%llu,nr_inodes=%llu,mode=0700",
             (unsigned long long)inside->plan->folder_bytes, (unsigned long long)inside->plan->folder_entries + 3);
    if (mkdirat(root, "job", 0700) != 0 || mkdirat(root, "tmp", 0700) != 0 || mkdirat(root, "quota", 0700) != 0 ||
        mount("job", NEW_ROOT "/quota", "tmpfs", MS_NOSUID | MS_NODEV, options) != 0 ||
        mkdirat(root, "quota/job", 0700) != 0 || mkdirat(root, "quota/tmp", 0700) != 0)
        inside_fail(inside, JAIL_STAGE_JOB_FOLDER, "tmpfs");
    int job = take(NEW_ROOT "/quota/job", false, NO_SETUID | NO_DEVICES);
    int temporary = take(NEW_ROOT "/quota/tmp", false, NO_SETUID | NO_DEVICES);
    if (job < 0 || temporary < 0 || !put(job, root, "job") || !put(temporary, root, "tmp") ||
        umount2(NEW_ROOT "/quota", MNT_DETACH) != 0 || unlinkat(root, "quota", AT_REMOVEDIR) != 0)
        inside_fail(inside, JAIL_STAGE_JOB_FOLDER, "bind");
}

bool root_build(const struct inside *inside) {
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        inside_fail(inside, JAIL_STAGE_MOUNTS, "private");
    struct sources sources;
    take_sources(inside, &sources);
    umask(0022);
    unsigned long flags = MS_NOSUID | MS_NODEV;
    if (mount("root", NEW_ROOT, "tmpfs", flags, "size=1m,nr_inodes=64,mode=0755") != 0)
        inside_fail(inside, JAIL_STAGE_MOUNTS, "tmpfs");
    int root = open(NEW_ROOT, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) inside_fail(inside, JAIL_STAGE_MOUNTS, "root");
    place_programs(inside, root, &sources);
    bool has_proc = place_proc(inside, root);
    place_devices(inside, root, &sources, has_proc);
    place_etc(inside, root, &sources);
    place_agent(inside, root);
    place_job(inside, root);
    if (fchdir(root) != 0) inside_fail(inside, JAIL_STAGE_PIVOT, "fchdir");
    close(root);
    return has_proc;
}

int root_enter(const struct inside *inside) {
    if (syscall(SYS_pivot_root, ".", ".") != 0) inside_fail(inside, JAIL_STAGE_PIVOT, "pivot_root");
    if (umount2(".", MNT_DETACH) != 0) inside_fail(inside, JAIL_STAGE_PIVOT, "umount");
    if (chdir("/job") != 0) inside_fail(inside, JAIL_STAGE_PIVOT, "chdir");
    int folder = open("/job", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) inside_fail(inside, JAIL_STAGE_JOB_FOLDER, "open");
    return folder;
}

void root_lock(const struct inside *inside) {
    struct mount_attributes locked = {.set = READ_ONLY | NO_SETUID | NO_DEVICES | NO_EXEC};
    if (syscall(SYS_mount_setattr, AT_FDCWD, "/", 0, &locked, sizeof locked) != 0)
        inside_fail(inside, JAIL_STAGE_PIVOT, "read-only root");
}
