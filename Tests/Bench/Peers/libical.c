/* Measures libical as Bench measures this engine. The library is opened at run time: its headers are not needed.
 *
 *   libical FOLDER      prints `<workload>\t<value>\t<unit>` for FOLDER/corpus and FOLDER/invitation */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef void component;

static component *(*parse_string)(const char *);
static char *(*as_ical_string_r)(component *);
static void (*component_free)(component *);

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static char *contents(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*size + 1);
    *size = fread(text, 1, *size, file);
    text[*size] = 0;
    fclose(file);
    return text;
}

static size_t occurrences(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *found = text; (found = strcasestr(found, word)); found += strlen(word)) count++;
    return count;
}

static void measure(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    DIR *directory = opendir(path);
    if (!directory) return;
    char *files[10000];
    size_t count = 0, total = 0, events = 0, size = 0;
    for (struct dirent *entry; (entry = readdir(directory)) && count < 10000;) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s/%s", folder, name, entry->d_name);
        char *text = contents(path, &size);
        if (!text) continue;
        files[count++] = text;
        total += size;
        events += occurrences(text, "BEGIN:VEVENT");
    }
    closedir(directory);
    for (int writes = 0; writes < 2; writes++) {
        size_t runs = 0;
        double start = now(), elapsed;
        do {
            for (size_t index = 0; index < count; index++) {
                component *calendar = parse_string(files[index]);
                if (!calendar) continue;
                if (writes) free(as_ical_string_r(calendar));
                component_free(calendar);
            }
            runs++;
            elapsed = now() - start;
        } while (elapsed < 0.7);
        const char *work = writes ? "parse+write" : "parse";
        printf("%s %s\t%f\tMB/s\n", name, work, (double)total * (double)runs / elapsed / 1e6);
        printf("%s %s\t%f\tevents/s\n", name, work, (double)events * (double)runs / elapsed);
    }
    for (size_t index = 0; index < count; index++) free(files[index]);
}

int main(int count, char **arguments)
{
    void *library = dlopen("libical.so.3", RTLD_NOW);
    if (!library || count != 2) return 1;
    *(void **)&parse_string = dlsym(library, "icalparser_parse_string");
    *(void **)&as_ical_string_r = dlsym(library, "icalcomponent_as_ical_string_r");
    *(void **)&component_free = dlsym(library, "icalcomponent_free");
    if (!parse_string || !as_ical_string_r || !component_free) return 1;
    measure(arguments[1], "corpus");
    measure(arguments[1], "invitation");
    return 0;
}
