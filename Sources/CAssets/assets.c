// A new file takes one array of its bytes and one row of the table.
#include "CAssets.h"

#include <string.h>

static const unsigned char agents_python[] = {
#embed "agents/python.py"
};
static const unsigned char agents_javascript[] = {
#embed "agents/javascript.cjs"
};
static const unsigned char local_model[] = {
#embed "../../scripts/local-model"
};
static const unsigned char sql_0001_initial[] = {
#embed "sql/0001_initial.sql"
};
static const unsigned char sql_0002_lean_commits[] = {
#embed "sql/0002_lean_commits.sql"
};
static const unsigned char sql_0003_pause_and_lists[] = {
#embed "sql/0003_pause_and_lists.sql"
};
static const unsigned char sql_0004_retention[] = {
#embed "sql/0004_retention.sql"
};
static const unsigned char sql_0005_pipelines[] = {
#embed "sql/0005_pipelines.sql"
};
static const unsigned char sql_0006_access[] = {
#embed "sql/0006_access.sql"
};
static const unsigned char sql_0007_pipelines[] = {
#embed "sql/0007_pipelines.sql"
};
static const unsigned char sql_0008_secrets[] = {
#embed "sql/0008_secrets.sql"
};
static const unsigned char sql_0009_providers[] = {
#embed "sql/0009_providers.sql"
};
static const unsigned char sql_0010_triggers[] = {
#embed "sql/0010_triggers.sql"
};
static const unsigned char sql_0011_recordings_and_templates[] = {
#embed "sql/0011_recordings_and_templates.sql"
};
static const unsigned char sql_0012_webhooks[] = {
#embed "sql/0012_webhooks.sql"
};
static const unsigned char sql_0013_alerts[] = {
#embed "sql/0013_alerts.sql"
};
static const unsigned char sql_0014_appended_rows[] = {
#embed "sql/0014_appended_rows.sql"
};
static const unsigned char sql_0015_uploads[] = {
#embed "sql/0015_uploads.sql"
};
static const unsigned char sql_0016_alone[] = {
#embed "sql/0016_alone.sql"
};
static const unsigned char sql_0017_usage[] = {
#embed "sql/0017_usage.sql"
};
static const unsigned char sql_0018_lending[] = {
#embed "sql/0018_lending.sql"
};
static const unsigned char sql_0019_forks[] = {
#embed "sql/0019_forks.sql"
};
static const unsigned char client_script[] = {
#embed "../../Client/client.js"
};
static const unsigned char client_types[] = {
#embed "../../Client/client.d.ts"
};
static const unsigned char openapi[] = {
#embed "../../openapi.yaml"
};
static const unsigned char openapi_accounts[] = {
#embed "../../openapi/accounts.yaml"
};
static const unsigned char openapi_alerts[] = {
#embed "../../openapi/alerts.yaml"
};
static const unsigned char openapi_collaboration[] = {
#embed "../../openapi/collaboration.yaml"
};
static const unsigned char openapi_files[] = {
#embed "../../openapi/files.yaml"
};
static const unsigned char openapi_pipelines[] = {
#embed "../../openapi/pipelines.yaml"
};
static const unsigned char openapi_providers[] = {
#embed "../../openapi/providers.yaml"
};
static const unsigned char openapi_runs[] = {
#embed "../../openapi/runs.yaml"
};
static const unsigned char openapi_secrets[] = {
#embed "../../openapi/secrets.yaml"
};
static const unsigned char openapi_server[] = {
#embed "../../openapi/server.yaml"
};
static const unsigned char openapi_templates[] = {
#embed "../../openapi/templates.yaml"
};
static const unsigned char openapi_triggers[] = {
#embed "../../openapi/triggers.yaml"
};

#define ROW(name, bytes) {name, bytes, sizeof bytes}

static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} assets[] = {
    ROW("agents/python.py", agents_python),
    ROW("agents/javascript.cjs", agents_javascript),
    ROW("local-model", local_model),
    ROW("sql/0001_initial.sql", sql_0001_initial),
    ROW("sql/0002_lean_commits.sql", sql_0002_lean_commits),
    ROW("sql/0003_pause_and_lists.sql", sql_0003_pause_and_lists),
    ROW("sql/0004_retention.sql", sql_0004_retention),
    ROW("sql/0005_pipelines.sql", sql_0005_pipelines),
    ROW("sql/0006_access.sql", sql_0006_access),
    ROW("sql/0007_pipelines.sql", sql_0007_pipelines),
    ROW("sql/0008_secrets.sql", sql_0008_secrets),
    ROW("sql/0009_providers.sql", sql_0009_providers),
    ROW("sql/0010_triggers.sql", sql_0010_triggers),
    ROW("sql/0011_recordings_and_templates.sql", sql_0011_recordings_and_templates),
    ROW("sql/0012_webhooks.sql", sql_0012_webhooks),
    ROW("sql/0013_alerts.sql", sql_0013_alerts),
    ROW("sql/0014_appended_rows.sql", sql_0014_appended_rows),
    ROW("sql/0015_uploads.sql", sql_0015_uploads),
    ROW("sql/0016_alone.sql", sql_0016_alone),
    ROW("sql/0017_usage.sql", sql_0017_usage),
    ROW("sql/0018_lending.sql", sql_0018_lending),
    ROW("sql/0019_forks.sql", sql_0019_forks),
    ROW("Client/client.js", client_script),
    ROW("Client/client.d.ts", client_types),
    ROW("openapi.yaml", openapi),
    ROW("openapi/accounts.yaml", openapi_accounts),
    ROW("openapi/alerts.yaml", openapi_alerts),
    ROW("openapi/collaboration.yaml", openapi_collaboration),
    ROW("openapi/files.yaml", openapi_files),
    ROW("openapi/pipelines.yaml", openapi_pipelines),
    ROW("openapi/providers.yaml", openapi_providers),
    ROW("openapi/runs.yaml", openapi_runs),
    ROW("openapi/secrets.yaml", openapi_secrets),
    ROW("openapi/server.yaml", openapi_server),
    ROW("openapi/templates.yaml", openapi_templates),
    ROW("openapi/triggers.yaml", openapi_triggers),
};

enum { ASSETS = sizeof assets / sizeof *assets };

const unsigned char *factory_asset(const char *name, size_t *size) {
    for (size_t i = 0; i < ASSETS; i++)
        if (strcmp(assets[i].name, name) == 0) {
            *size = assets[i].size;
            return assets[i].bytes;
        }
    *size = 0;
    return nullptr;
}

const char *factory_asset_name(size_t index) { return index < ASSETS ? assets[index].name : nullptr; }
