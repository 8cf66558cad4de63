// Files that the program carries in itself: sandbox agents, SQL migrations, templates, the web UI.
#pragma once

#include <stddef.h>

#define CASSETS_API __attribute__((visibility("default")))

// The bytes of the file called `name` ("agents/python.py", "sql/0001_initial.sql"), and their number in `size`.
// Null when there is no such file. The bytes live as long as the program and have no NUL behind them.
CASSETS_API const unsigned char *factory_asset(const char *name, size_t *size);

// The name of the file at `index`, in the order of the list; null behind the last.
CASSETS_API const char *factory_asset_name(size_t index);

// The file at `index` among those of the templates: its bytes, its name ("write-function/pipeline.yaml") and their
// number. Null behind the last.
CASSETS_API const unsigned char *factory_template_file(size_t index, const char **name, size_t *size);

// The file at `index` among those of the web UI: its bytes, its name ("Web/index.html") and their number. Null behind
// the last.
CASSETS_API const unsigned char *factory_web_file(size_t index, const char **name, size_t *size);
