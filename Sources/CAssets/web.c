// Written by scripts/embed-web from the files of Web/.
#include "CAssets.h"

static const unsigned char file_0[] = {
#embed "../../Web/app/api.js"
};
static const unsigned char file_1[] = {
#embed "../../Web/app/app.js"
};
static const unsigned char file_2[] = {
#embed "../../Web/app/commands.js"
};
static const unsigned char file_3[] = {
#embed "../../Web/app/failed.js"
};
static const unsigned char file_4[] = {
#embed "../../Web/app/faults.js"
};
static const unsigned char file_5[] = {
#embed "../../Web/app/key-names.js"
};
static const unsigned char file_6[] = {
#embed "../../Web/app/live-runs.js"
};
static const unsigned char file_7[] = {
#embed "../../Web/app/live.js"
};
static const unsigned char file_8[] = {
#embed "../../Web/app/main.js"
};
static const unsigned char file_9[] = {
#embed "../../Web/app/match.js"
};
static const unsigned char file_10[] = {
#embed "../../Web/app/palette-query.js"
};
static const unsigned char file_11[] = {
#embed "../../Web/app/palette.js"
};
static const unsigned char file_12[] = {
#embed "../../Web/app/places.js"
};
static const unsigned char file_13[] = {
#embed "../../Web/app/preferences.js"
};
static const unsigned char file_14[] = {
#embed "../../Web/app/reconnect.js"
};
static const unsigned char file_15[] = {
#embed "../../Web/app/router.js"
};
static const unsigned char file_16[] = {
#embed "../../Web/app/routes.js"
};
static const unsigned char file_17[] = {
#embed "../../Web/app/scroll.js"
};
static const unsigned char file_18[] = {
#embed "../../Web/app/session.js"
};
static const unsigned char file_19[] = {
#embed "../../Web/app/shell.js"
};
static const unsigned char file_20[] = {
#embed "../../Web/app/shortcuts.js"
};
static const unsigned char file_21[] = {
#embed "../../Web/app/unread.js"
};
static const unsigned char file_22[] = {
#embed "../../Web/app/version.js"
};
static const unsigned char file_23[] = {
#embed "../../Web/css/components.css"
};
static const unsigned char file_24[] = {
#embed "../../Web/css/pages/builder.css"
};
static const unsigned char file_25[] = {
#embed "../../Web/css/pages/compare.css"
};
static const unsigned char file_26[] = {
#embed "../../Web/css/pages/editor.css"
};
static const unsigned char file_27[] = {
#embed "../../Web/css/pages/files.css"
};
static const unsigned char file_28[] = {
#embed "../../Web/css/pages/inspector.css"
};
static const unsigned char file_29[] = {
#embed "../../Web/css/pages/models.css"
};
static const unsigned char file_30[] = {
#embed "../../Web/css/pages/monitor.css"
};
static const unsigned char file_31[] = {
#embed "../../Web/css/pages/pipelines.css"
};
static const unsigned char file_32[] = {
#embed "../../Web/css/pages/run.css"
};
static const unsigned char file_33[] = {
#embed "../../Web/css/pages/runs.css"
};
static const unsigned char file_34[] = {
#embed "../../Web/css/pages/settings.css"
};
static const unsigned char file_35[] = {
#embed "../../Web/css/pages/share.css"
};
static const unsigned char file_36[] = {
#embed "../../Web/css/pages/signin.css"
};
static const unsigned char file_37[] = {
#embed "../../Web/css/pages/templates.css"
};
static const unsigned char file_38[] = {
#embed "../../Web/css/pages/values.css"
};
static const unsigned char file_39[] = {
#embed "../../Web/css/shell.css"
};
static const unsigned char file_40[] = {
#embed "../../Web/css/tokens.css"
};
static const unsigned char file_41[] = {
#embed "../../Web/dom/announce.js"
};
static const unsigned char file_42[] = {
#embed "../../Web/dom/attributes.js"
};
static const unsigned char file_43[] = {
#embed "../../Web/dom/element.js"
};
static const unsigned char file_44[] = {
#embed "../../Web/dom/focus.js"
};
static const unsigned char file_45[] = {
#embed "../../Web/dom/html.js"
};
static const unsigned char file_46[] = {
#embed "../../Web/dom/near.js"
};
static const unsigned char file_47[] = {
#embed "../../Web/dom/order.js"
};
static const unsigned char file_48[] = {
#embed "../../Web/dom/parse.js"
};
static const unsigned char file_49[] = {
#embed "../../Web/dom/rem.js"
};
static const unsigned char file_50[] = {
#embed "../../Web/dom/signal.js"
};
static const unsigned char file_51[] = {
#embed "../../Web/icon.svg"
};
static const unsigned char file_52[] = {
#embed "../../Web/index.html"
};
static const unsigned char file_53[] = {
#embed "../../Web/model/activity.js"
};
static const unsigned char file_54[] = {
#embed "../../Web/model/alerts.js"
};
static const unsigned char file_55[] = {
#embed "../../Web/model/branches.js"
};
static const unsigned char file_56[] = {
#embed "../../Web/model/canvas-geometry.js"
};
static const unsigned char file_57[] = {
#embed "../../Web/model/changes.js"
};
static const unsigned char file_58[] = {
#embed "../../Web/model/chart.js"
};
static const unsigned char file_59[] = {
#embed "../../Web/model/clipboard.js"
};
static const unsigned char file_60[] = {
#embed "../../Web/model/code-tokens.js"
};
static const unsigned char file_61[] = {
#embed "../../Web/model/commands.js"
};
static const unsigned char file_62[] = {
#embed "../../Web/model/commands/arrange.js"
};
static const unsigned char file_63[] = {
#embed "../../Web/model/commands/command.js"
};
static const unsigned char file_64[] = {
#embed "../../Web/model/commands/connections.js"
};
static const unsigned char file_65[] = {
#embed "../../Web/model/commands/fields.js"
};
static const unsigned char file_66[] = {
#embed "../../Web/model/commands/paste.js"
};
static const unsigned char file_67[] = {
#embed "../../Web/model/commands/steps.js"
};
static const unsigned char file_68[] = {
#embed "../../Web/model/csv.js"
};
static const unsigned char file_69[] = {
#embed "../../Web/model/curl.js"
};
static const unsigned char file_70[] = {
#embed "../../Web/model/diff-lines.js"
};
static const unsigned char file_71[] = {
#embed "../../Web/model/document.js"
};
static const unsigned char file_72[] = {
#embed "../../Web/model/edge-turns.js"
};
static const unsigned char file_73[] = {
#embed "../../Web/model/editor-model.js"
};
static const unsigned char file_74[] = {
#embed "../../Web/model/file-kind.js"
};
static const unsigned char file_75[] = {
#embed "../../Web/model/form-rules.js"
};
static const unsigned char file_76[] = {
#embed "../../Web/model/form-values.js"
};
static const unsigned char file_77[] = {
#embed "../../Web/model/format.js"
};
static const unsigned char file_78[] = {
#embed "../../Web/model/graph.js"
};
static const unsigned char file_79[] = {
#embed "../../Web/model/history.js"
};
static const unsigned char file_80[] = {
#embed "../../Web/model/input-schema.js"
};
static const unsigned char file_81[] = {
#embed "../../Web/model/json-rows.js"
};
static const unsigned char file_82[] = {
#embed "../../Web/model/json-text.js"
};
static const unsigned char file_83[] = {
#embed "../../Web/model/layered.js"
};
static const unsigned char file_84[] = {
#embed "../../Web/model/layout.js"
};
static const unsigned char file_85[] = {
#embed "../../Web/model/log-source.js"
};
static const unsigned char file_86[] = {
#embed "../../Web/model/log-window.js"
};
static const unsigned char file_87[] = {
#embed "../../Web/model/markdown-inline.js"
};
static const unsigned char file_88[] = {
#embed "../../Web/model/markdown.js"
};
static const unsigned char file_89[] = {
#embed "../../Web/model/mentions.js"
};
static const unsigned char file_90[] = {
#embed "../../Web/model/model-words.js"
};
static const unsigned char file_91[] = {
#embed "../../Web/model/models.js"
};
static const unsigned char file_92[] = {
#embed "../../Web/model/names.js"
};
static const unsigned char file_93[] = {
#embed "../../Web/model/needs.js"
};
static const unsigned char file_94[] = {
#embed "../../Web/model/new-step.js"
};
static const unsigned char file_95[] = {
#embed "../../Web/model/one-step.js"
};
static const unsigned char file_96[] = {
#embed "../../Web/model/ops-preview.js"
};
static const unsigned char file_97[] = {
#embed "../../Web/model/output-views.js"
};
static const unsigned char file_98[] = {
#embed "../../Web/model/plain-text.js"
};
static const unsigned char file_99[] = {
#embed "../../Web/model/problem-fixes.js"
};
static const unsigned char file_100[] = {
#embed "../../Web/model/problem-places.js"
};
static const unsigned char file_101[] = {
#embed "../../Web/model/references.js"
};
static const unsigned char file_102[] = {
#embed "../../Web/model/rename.js"
};
static const unsigned char file_103[] = {
#embed "../../Web/model/run-figures.js"
};
static const unsigned char file_104[] = {
#embed "../../Web/model/run-inputs.js"
};
static const unsigned char file_105[] = {
#embed "../../Web/model/run-log-lines.js"
};
static const unsigned char file_106[] = {
#embed "../../Web/model/run-memory.js"
};
static const unsigned char file_107[] = {
#embed "../../Web/model/run-state.js"
};
static const unsigned char file_108[] = {
#embed "../../Web/model/run-text.js"
};
static const unsigned char file_109[] = {
#embed "../../Web/model/run-timeline.js"
};
static const unsigned char file_110[] = {
#embed "../../Web/model/schema-form.js"
};
static const unsigned char file_111[] = {
#embed "../../Web/model/selection.js"
};
static const unsigned char file_112[] = {
#embed "../../Web/model/step-summary.js"
};
static const unsigned char file_113[] = {
#embed "../../Web/model/step-texts.js"
};
static const unsigned char file_114[] = {
#embed "../../Web/model/step-uses.js"
};
static const unsigned char file_115[] = {
#embed "../../Web/model/structure.js"
};
static const unsigned char file_116[] = {
#embed "../../Web/model/table-rows.js"
};
static const unsigned char file_117[] = {
#embed "../../Web/model/text-kinds.js"
};
static const unsigned char file_118[] = {
#embed "../../Web/model/triggers.js"
};
static const unsigned char file_119[] = {
#embed "../../Web/model/turn.js"
};
static const unsigned char file_120[] = {
#embed "../../Web/model/uploads.js"
};
static const unsigned char file_121[] = {
#embed "../../Web/model/usage.js"
};
static const unsigned char file_122[] = {
#embed "../../Web/model/variables.js"
};
static const unsigned char file_123[] = {
#embed "../../Web/model/workspace.js"
};
static const unsigned char file_124[] = {
#embed "../../Web/model/yaml-read.js"
};
static const unsigned char file_125[] = {
#embed "../../Web/model/yaml-scalars.js"
};
static const unsigned char file_126[] = {
#embed "../../Web/model/yaml-source.js"
};
static const unsigned char file_127[] = {
#embed "../../Web/model/yaml-text.js"
};
static const unsigned char file_128[] = {
#embed "../../Web/pages/builder/bar/bar.js"
};
static const unsigned char file_129[] = {
#embed "../../Web/pages/builder/bar/saved.js"
};
static const unsigned char file_130[] = {
#embed "../../Web/pages/builder/builder.js"
};
static const unsigned char file_131[] = {
#embed "../../Web/pages/builder/canvas/canvas.js"
};
static const unsigned char file_132[] = {
#embed "../../Web/pages/builder/canvas/cards.js"
};
static const unsigned char file_133[] = {
#embed "../../Web/pages/builder/canvas/drop.js"
};
static const unsigned char file_134[] = {
#embed "../../Web/pages/builder/canvas/edges.js"
};
static const unsigned char file_135[] = {
#embed "../../Web/pages/builder/canvas/gestures.js"
};
static const unsigned char file_136[] = {
#embed "../../Web/pages/builder/canvas/keys.js"
};
static const unsigned char file_137[] = {
#embed "../../Web/pages/builder/canvas/marks.js"
};
static const unsigned char file_138[] = {
#embed "../../Web/pages/builder/canvas/minimap.js"
};
static const unsigned char file_139[] = {
#embed "../../Web/pages/builder/canvas/scene.js"
};
static const unsigned char file_140[] = {
#embed "../../Web/pages/builder/canvas/stage.js"
};
static const unsigned char file_141[] = {
#embed "../../Web/pages/builder/canvas/surface.js"
};
static const unsigned char file_142[] = {
#embed "../../Web/pages/builder/canvas/tools.js"
};
static const unsigned char file_143[] = {
#embed "../../Web/pages/builder/carry.js"
};
static const unsigned char file_144[] = {
#embed "../../Web/pages/builder/comments/comment-box.js"
};
static const unsigned char file_145[] = {
#embed "../../Web/pages/builder/comments/comments.js"
};
static const unsigned char file_146[] = {
#embed "../../Web/pages/builder/draft/autosave.js"
};
static const unsigned char file_147[] = {
#embed "../../Web/pages/builder/draft/backup.js"
};
static const unsigned char file_148[] = {
#embed "../../Web/pages/builder/draft/conflict-dialog.js"
};
static const unsigned char file_149[] = {
#embed "../../Web/pages/builder/draft/draft.js"
};
static const unsigned char file_150[] = {
#embed "../../Web/pages/builder/draft/last-run.js"
};
static const unsigned char file_151[] = {
#embed "../../Web/pages/builder/draft/merge.js"
};
static const unsigned char file_152[] = {
#embed "../../Web/pages/builder/draft/places.js"
};
static const unsigned char file_153[] = {
#embed "../../Web/pages/builder/draft/problems.js"
};
static const unsigned char file_154[] = {
#embed "../../Web/pages/builder/draft/save-timer.js"
};
static const unsigned char file_155[] = {
#embed "../../Web/pages/builder/draft/server-draft.js"
};
static const unsigned char file_156[] = {
#embed "../../Web/pages/builder/fields/catalogue.js"
};
static const unsigned char file_157[] = {
#embed "../../Web/pages/builder/fields/collection-fields.js"
};
static const unsigned char file_158[] = {
#embed "../../Web/pages/builder/fields/field-view.js"
};
static const unsigned char file_159[] = {
#embed "../../Web/pages/builder/fields/form-view.js"
};
static const unsigned char file_160[] = {
#embed "../../Web/pages/builder/fields/help.js"
};
static const unsigned char file_161[] = {
#embed "../../Web/pages/builder/fields/live-value.js"
};
static const unsigned char file_162[] = {
#embed "../../Web/pages/builder/fields/live-view.js"
};
static const unsigned char file_163[] = {
#embed "../../Web/pages/builder/fields/model-field.js"
};
static const unsigned char file_164[] = {
#embed "../../Web/pages/builder/fields/op-value.js"
};
static const unsigned char file_165[] = {
#embed "../../Web/pages/builder/fields/picked-fields.js"
};
static const unsigned char file_166[] = {
#embed "../../Web/pages/builder/fields/pipeline-id.js"
};
static const unsigned char file_167[] = {
#embed "../../Web/pages/builder/fields/place.js"
};
static const unsigned char file_168[] = {
#embed "../../Web/pages/builder/fields/scalar-fields.js"
};
static const unsigned char file_169[] = {
#embed "../../Web/pages/builder/fields/schema-builder.js"
};
static const unsigned char file_170[] = {
#embed "../../Web/pages/builder/fields/shell.js"
};
static const unsigned char file_171[] = {
#embed "../../Web/pages/builder/fields/turns.js"
};
static const unsigned char file_172[] = {
#embed "../../Web/pages/builder/fields/typed-input.js"
};
static const unsigned char file_173[] = {
#embed "../../Web/pages/builder/fields/value-field.js"
};
static const unsigned char file_174[] = {
#embed "../../Web/pages/builder/fields/written-field.js"
};
static const unsigned char file_175[] = {
#embed "../../Web/pages/builder/files/browse.js"
};
static const unsigned char file_176[] = {
#embed "../../Web/pages/builder/inspector/cached-form.js"
};
static const unsigned char file_177[] = {
#embed "../../Web/pages/builder/inspector/configure-tab.js"
};
static const unsigned char file_178[] = {
#embed "../../Web/pages/builder/inspector/flow-tab.js"
};
static const unsigned char file_179[] = {
#embed "../../Web/pages/builder/inspector/go-to-field.js"
};
static const unsigned char file_180[] = {
#embed "../../Web/pages/builder/inspector/inspector.js"
};
static const unsigned char file_181[] = {
#embed "../../Web/pages/builder/inspector/reliability-tab.js"
};
static const unsigned char file_182[] = {
#embed "../../Web/pages/builder/inspector/step-name.js"
};
static const unsigned char file_183[] = {
#embed "../../Web/pages/builder/list/list.js"
};
static const unsigned char file_184[] = {
#embed "../../Web/pages/builder/list/needs.js"
};
static const unsigned char file_185[] = {
#embed "../../Web/pages/builder/list/window.js"
};
static const unsigned char file_186[] = {
#embed "../../Web/pages/builder/navigation.js"
};
static const unsigned char file_187[] = {
#embed "../../Web/pages/builder/page-keys.js"
};
static const unsigned char file_188[] = {
#embed "../../Web/pages/builder/palette.js"
};
static const unsigned char file_189[] = {
#embed "../../Web/pages/builder/paste-dialog.js"
};
static const unsigned char file_190[] = {
#embed "../../Web/pages/builder/problems/problems.js"
};
static const unsigned char file_191[] = {
#embed "../../Web/pages/builder/run-again.js"
};
static const unsigned char file_192[] = {
#embed "../../Web/pages/builder/run-form/file-input.js"
};
static const unsigned char file_193[] = {
#embed "../../Web/pages/builder/run-form/input-control.js"
};
static const unsigned char file_194[] = {
#embed "../../Web/pages/builder/run-form/presets.js"
};
static const unsigned char file_195[] = {
#embed "../../Web/pages/builder/run-form/run-form.js"
};
static const unsigned char file_196[] = {
#embed "../../Web/pages/builder/run-form/upload.js"
};
static const unsigned char file_197[] = {
#embed "../../Web/pages/builder/settings/input-editor.js"
};
static const unsigned char file_198[] = {
#embed "../../Web/pages/builder/settings/settings.js"
};
static const unsigned char file_199[] = {
#embed "../../Web/pages/builder/side.js"
};
static const unsigned char file_200[] = {
#embed "../../Web/pages/builder/steps-clipboard.js"
};
static const unsigned char file_201[] = {
#embed "../../Web/pages/builder/trial/trial.js"
};
static const unsigned char file_202[] = {
#embed "../../Web/pages/builder/trial/trials.js"
};
static const unsigned char file_203[] = {
#embed "../../Web/pages/builder/versions/versions.js"
};
static const unsigned char file_204[] = {
#embed "../../Web/pages/builder/yaml/yaml.js"
};
static const unsigned char file_205[] = {
#embed "../../Web/pages/compare/changes.js"
};
static const unsigned char file_206[] = {
#embed "../../Web/pages/compare/compare.js"
};
static const unsigned char file_207[] = {
#embed "../../Web/pages/compare/lines-view.js"
};
static const unsigned char file_208[] = {
#embed "../../Web/pages/compare/lines.js"
};
static const unsigned char file_209[] = {
#embed "../../Web/pages/compare/pick.js"
};
static const unsigned char file_210[] = {
#embed "../../Web/pages/compare/read.js"
};
static const unsigned char file_211[] = {
#embed "../../Web/pages/compare/union.js"
};
static const unsigned char file_212[] = {
#embed "../../Web/pages/compare/version-dialogs.js"
};
static const unsigned char file_213[] = {
#embed "../../Web/pages/files/file-table.js"
};
static const unsigned char file_214[] = {
#embed "../../Web/pages/files/files.js"
};
static const unsigned char file_215[] = {
#embed "../../Web/pages/files/listing.js"
};
static const unsigned char file_216[] = {
#embed "../../Web/pages/files/origin.js"
};
static const unsigned char file_217[] = {
#embed "../../Web/pages/files/preview.js"
};
static const unsigned char file_218[] = {
#embed "../../Web/pages/files/room.js"
};
static const unsigned char file_219[] = {
#embed "../../Web/pages/files/sending.js"
};
static const unsigned char file_220[] = {
#embed "../../Web/pages/files/upload-list.js"
};
static const unsigned char file_221[] = {
#embed "../../Web/pages/files/uploads.js"
};
static const unsigned char file_222[] = {
#embed "../../Web/pages/models/aliases.js"
};
static const unsigned char file_223[] = {
#embed "../../Web/pages/models/found.js"
};
static const unsigned char file_224[] = {
#embed "../../Web/pages/models/local-model.js"
};
static const unsigned char file_225[] = {
#embed "../../Web/pages/models/model-form.js"
};
static const unsigned char file_226[] = {
#embed "../../Web/pages/models/model-table.js"
};
static const unsigned char file_227[] = {
#embed "../../Web/pages/models/models.js"
};
static const unsigned char file_228[] = {
#embed "../../Web/pages/models/provider-form.js"
};
static const unsigned char file_229[] = {
#embed "../../Web/pages/models/providers.js"
};
static const unsigned char file_230[] = {
#embed "../../Web/pages/models/secret-forms.js"
};
static const unsigned char file_231[] = {
#embed "../../Web/pages/models/secret-tables.js"
};
static const unsigned char file_232[] = {
#embed "../../Web/pages/models/secrets.js"
};
static const unsigned char file_233[] = {
#embed "../../Web/pages/monitor/alerts.js"
};
static const unsigned char file_234[] = {
#embed "../../Web/pages/monitor/charts.js"
};
static const unsigned char file_235[] = {
#embed "../../Web/pages/monitor/figures.js"
};
static const unsigned char file_236[] = {
#embed "../../Web/pages/monitor/monitor.js"
};
static const unsigned char file_237[] = {
#embed "../../Web/pages/monitor/tables.js"
};
static const unsigned char file_238[] = {
#embed "../../Web/pages/monitor/toolbar.js"
};
static const unsigned char file_239[] = {
#embed "../../Web/pages/notfound/notfound.js"
};
static const unsigned char file_240[] = {
#embed "../../Web/pages/notifications/notifications.js"
};
static const unsigned char file_241[] = {
#embed "../../Web/pages/pipelines/actions.js"
};
static const unsigned char file_242[] = {
#embed "../../Web/pages/pipelines/figures.js"
};
static const unsigned char file_243[] = {
#embed "../../Web/pages/pipelines/filters.js"
};
static const unsigned char file_244[] = {
#embed "../../Web/pages/pipelines/import-documents.js"
};
static const unsigned char file_245[] = {
#embed "../../Web/pages/pipelines/import.js"
};
static const unsigned char file_246[] = {
#embed "../../Web/pages/pipelines/list.js"
};
static const unsigned char file_247[] = {
#embed "../../Web/pages/pipelines/names.js"
};
static const unsigned char file_248[] = {
#embed "../../Web/pages/pipelines/new.js"
};
static const unsigned char file_249[] = {
#embed "../../Web/pages/pipelines/pipelines.js"
};
static const unsigned char file_250[] = {
#embed "../../Web/pages/pipelines/states.js"
};
static const unsigned char file_251[] = {
#embed "../../Web/pages/pipelines/summary.js"
};
static const unsigned char file_252[] = {
#embed "../../Web/pages/pipelines/template-strip.js"
};
static const unsigned char file_253[] = {
#embed "../../Web/pages/pipelines/tile-menu.js"
};
static const unsigned char file_254[] = {
#embed "../../Web/pages/pipelines/tile.js"
};
static const unsigned char file_255[] = {
#embed "../../Web/pages/pipelines/tiles.js"
};
static const unsigned char file_256[] = {
#embed "../../Web/pages/pipelines/toolbar.js"
};
static const unsigned char file_257[] = {
#embed "../../Web/pages/pipelines/trash.js"
};
static const unsigned char file_258[] = {
#embed "../../Web/pages/run/actions.js"
};
static const unsigned char file_259[] = {
#embed "../../Web/pages/run/announcing.js"
};
static const unsigned char file_260[] = {
#embed "../../Web/pages/run/changes.js"
};
static const unsigned char file_261[] = {
#embed "../../Web/pages/run/failure.js"
};
static const unsigned char file_262[] = {
#embed "../../Web/pages/run/graph.js"
};
static const unsigned char file_263[] = {
#embed "../../Web/pages/run/head.js"
};
static const unsigned char file_264[] = {
#embed "../../Web/pages/run/loading.js"
};
static const unsigned char file_265[] = {
#embed "../../Web/pages/run/metadata.js"
};
static const unsigned char file_266[] = {
#embed "../../Web/pages/run/output.js"
};
static const unsigned char file_267[] = {
#embed "../../Web/pages/run/request.js"
};
static const unsigned char file_268[] = {
#embed "../../Web/pages/run/results.js"
};
static const unsigned char file_269[] = {
#embed "../../Web/pages/run/run-store.js"
};
static const unsigned char file_270[] = {
#embed "../../Web/pages/run/run.js"
};
static const unsigned char file_271[] = {
#embed "../../Web/pages/run/step-figures.js"
};
static const unsigned char file_272[] = {
#embed "../../Web/pages/run/step.js"
};
static const unsigned char file_273[] = {
#embed "../../Web/pages/run/timeline.js"
};
static const unsigned char file_274[] = {
#embed "../../Web/pages/runs/export.js"
};
static const unsigned char file_275[] = {
#embed "../../Web/pages/runs/filters.js"
};
static const unsigned char file_276[] = {
#embed "../../Web/pages/runs/histogram.js"
};
static const unsigned char file_277[] = {
#embed "../../Web/pages/runs/list.js"
};
static const unsigned char file_278[] = {
#embed "../../Web/pages/runs/merging.js"
};
static const unsigned char file_279[] = {
#embed "../../Web/pages/runs/runs.js"
};
static const unsigned char file_280[] = {
#embed "../../Web/pages/runs/table.js"
};
static const unsigned char file_281[] = {
#embed "../../Web/pages/settings/alert-form.js"
};
static const unsigned char file_282[] = {
#embed "../../Web/pages/settings/alerts.js"
};
static const unsigned char file_283[] = {
#embed "../../Web/pages/settings/appearance.js"
};
static const unsigned char file_284[] = {
#embed "../../Web/pages/settings/audit.js"
};
static const unsigned char file_285[] = {
#embed "../../Web/pages/settings/client-name.js"
};
static const unsigned char file_286[] = {
#embed "../../Web/pages/settings/deliveries.js"
};
static const unsigned char file_287[] = {
#embed "../../Web/pages/settings/fire-preview.js"
};
static const unsigned char file_288[] = {
#embed "../../Web/pages/settings/key-form.js"
};
static const unsigned char file_289[] = {
#embed "../../Web/pages/settings/keys.js"
};
static const unsigned char file_290[] = {
#embed "../../Web/pages/settings/messages.js"
};
static const unsigned char file_291[] = {
#embed "../../Web/pages/settings/outgoing.js"
};
static const unsigned char file_292[] = {
#embed "../../Web/pages/settings/people.js"
};
static const unsigned char file_293[] = {
#embed "../../Web/pages/settings/person-forms.js"
};
static const unsigned char file_294[] = {
#embed "../../Web/pages/settings/profile.js"
};
static const unsigned char file_295[] = {
#embed "../../Web/pages/settings/sessions.js"
};
static const unsigned char file_296[] = {
#embed "../../Web/pages/settings/settings.js"
};
static const unsigned char file_297[] = {
#embed "../../Web/pages/settings/trigger-form.js"
};
static const unsigned char file_298[] = {
#embed "../../Web/pages/settings/triggers.js"
};
static const unsigned char file_299[] = {
#embed "../../Web/pages/settings/webhook-form.js"
};
static const unsigned char file_300[] = {
#embed "../../Web/pages/shared/shared.js"
};
static const unsigned char file_301[] = {
#embed "../../Web/pages/signin/account-form.js"
};
static const unsigned char file_302[] = {
#embed "../../Web/pages/signin/join.js"
};
static const unsigned char file_303[] = {
#embed "../../Web/pages/signin/rules.js"
};
static const unsigned char file_304[] = {
#embed "../../Web/pages/signin/setup.js"
};
static const unsigned char file_305[] = {
#embed "../../Web/pages/signin/signin.js"
};
static const unsigned char file_306[] = {
#embed "../../Web/pages/signin/token.js"
};
static const unsigned char file_307[] = {
#embed "../../Web/pages/signin/welcome.js"
};
static const unsigned char file_308[] = {
#embed "../../Web/pages/templates/categories.js"
};
static const unsigned char file_309[] = {
#embed "../../Web/pages/templates/preview.js"
};
static const unsigned char file_310[] = {
#embed "../../Web/pages/templates/publish.js"
};
static const unsigned char file_311[] = {
#embed "../../Web/pages/templates/template-list.js"
};
static const unsigned char file_312[] = {
#embed "../../Web/pages/templates/template.js"
};
static const unsigned char file_313[] = {
#embed "../../Web/pages/templates/templates.js"
};
static const unsigned char file_314[] = {
#embed "../../Web/pages/templates/use.js"
};
static const unsigned char file_315[] = {
#embed "../../Web/parts/activity.js"
};
static const unsigned char file_316[] = {
#embed "../../Web/parts/avatar.js"
};
static const unsigned char file_317[] = {
#embed "../../Web/parts/banner.js"
};
static const unsigned char file_318[] = {
#embed "../../Web/parts/chain.js"
};
static const unsigned char file_319[] = {
#embed "../../Web/parts/chart.js"
};
static const unsigned char file_320[] = {
#embed "../../Web/parts/code.js"
};
static const unsigned char file_321[] = {
#embed "../../Web/parts/copy.js"
};
static const unsigned char file_322[] = {
#embed "../../Web/parts/dialog.js"
};
static const unsigned char file_323[] = {
#embed "../../Web/parts/diff.js"
};
static const unsigned char file_324[] = {
#embed "../../Web/parts/editor/completion-context.js"
};
static const unsigned char file_325[] = {
#embed "../../Web/parts/editor/editor.js"
};
static const unsigned char file_326[] = {
#embed "../../Web/parts/editor/explanations.js"
};
static const unsigned char file_327[] = {
#embed "../../Web/parts/editor/grammar.js"
};
static const unsigned char file_328[] = {
#embed "../../Web/parts/editor/languages.js"
};
static const unsigned char file_329[] = {
#embed "../../Web/parts/editor/layer.js"
};
static const unsigned char file_330[] = {
#embed "../../Web/parts/editor/positions.js"
};
static const unsigned char file_331[] = {
#embed "../../Web/parts/editor/suggestions.js"
};
static const unsigned char file_332[] = {
#embed "../../Web/parts/empty.js"
};
static const unsigned char file_333[] = {
#embed "../../Web/parts/field.js"
};
static const unsigned char file_334[] = {
#embed "../../Web/parts/file-view.js"
};
static const unsigned char file_335[] = {
#embed "../../Web/parts/fork.js"
};
static const unsigned char file_336[] = {
#embed "../../Web/parts/form-dialog.js"
};
static const unsigned char file_337[] = {
#embed "../../Web/parts/form.js"
};
static const unsigned char file_338[] = {
#embed "../../Web/parts/icon.js"
};
static const unsigned char file_339[] = {
#embed "../../Web/parts/json-tree.js"
};
static const unsigned char file_340[] = {
#embed "../../Web/parts/load.js"
};
static const unsigned char file_341[] = {
#embed "../../Web/parts/log.js"
};
static const unsigned char file_342[] = {
#embed "../../Web/parts/markdown.js"
};
static const unsigned char file_343[] = {
#embed "../../Web/parts/menu.js"
};
static const unsigned char file_344[] = {
#embed "../../Web/parts/mini-graph.js"
};
static const unsigned char file_345[] = {
#embed "../../Web/parts/once.js"
};
static const unsigned char file_346[] = {
#embed "../../Web/parts/problem.js"
};
static const unsigned char file_347[] = {
#embed "../../Web/parts/publish.js"
};
static const unsigned char file_348[] = {
#embed "../../Web/parts/share-allows.js"
};
static const unsigned char file_349[] = {
#embed "../../Web/parts/share-links.js"
};
static const unsigned char file_350[] = {
#embed "../../Web/parts/share.js"
};
static const unsigned char file_351[] = {
#embed "../../Web/parts/skeleton.js"
};
static const unsigned char file_352[] = {
#embed "../../Web/parts/spark.js"
};
static const unsigned char file_353[] = {
#embed "../../Web/parts/status.js"
};
static const unsigned char file_354[] = {
#embed "../../Web/parts/table-view.js"
};
static const unsigned char file_355[] = {
#embed "../../Web/parts/table.js"
};
static const unsigned char file_356[] = {
#embed "../../Web/parts/tabs.js"
};
static const unsigned char file_357[] = {
#embed "../../Web/parts/time.js"
};
static const unsigned char file_358[] = {
#embed "../../Web/parts/toast.js"
};
static const unsigned char file_359[] = {
#embed "../../Client/client.js"
};

static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} files[] = {
    {"Web/app/api.js", file_0, sizeof file_0},
    {"Web/app/app.js", file_1, sizeof file_1},
    {"Web/app/commands.js", file_2, sizeof file_2},
    {"Web/app/failed.js", file_3, sizeof file_3},
    {"Web/app/faults.js", file_4, sizeof file_4},
    {"Web/app/key-names.js", file_5, sizeof file_5},
    {"Web/app/live-runs.js", file_6, sizeof file_6},
    {"Web/app/live.js", file_7, sizeof file_7},
    {"Web/app/main.js", file_8, sizeof file_8},
    {"Web/app/match.js", file_9, sizeof file_9},
    {"Web/app/palette-query.js", file_10, sizeof file_10},
    {"Web/app/palette.js", file_11, sizeof file_11},
    {"Web/app/places.js", file_12, sizeof file_12},
    {"Web/app/preferences.js", file_13, sizeof file_13},
    {"Web/app/reconnect.js", file_14, sizeof file_14},
    {"Web/app/router.js", file_15, sizeof file_15},
    {"Web/app/routes.js", file_16, sizeof file_16},
    {"Web/app/scroll.js", file_17, sizeof file_17},
    {"Web/app/session.js", file_18, sizeof file_18},
    {"Web/app/shell.js", file_19, sizeof file_19},
    {"Web/app/shortcuts.js", file_20, sizeof file_20},
    {"Web/app/unread.js", file_21, sizeof file_21},
    {"Web/app/version.js", file_22, sizeof file_22},
    {"Web/css/components.css", file_23, sizeof file_23},
    {"Web/css/pages/builder.css", file_24, sizeof file_24},
    {"Web/css/pages/compare.css", file_25, sizeof file_25},
    {"Web/css/pages/editor.css", file_26, sizeof file_26},
    {"Web/css/pages/files.css", file_27, sizeof file_27},
    {"Web/css/pages/inspector.css", file_28, sizeof file_28},
    {"Web/css/pages/models.css", file_29, sizeof file_29},
    {"Web/css/pages/monitor.css", file_30, sizeof file_30},
    {"Web/css/pages/pipelines.css", file_31, sizeof file_31},
    {"Web/css/pages/run.css", file_32, sizeof file_32},
    {"Web/css/pages/runs.css", file_33, sizeof file_33},
    {"Web/css/pages/settings.css", file_34, sizeof file_34},
    {"Web/css/pages/share.css", file_35, sizeof file_35},
    {"Web/css/pages/signin.css", file_36, sizeof file_36},
    {"Web/css/pages/templates.css", file_37, sizeof file_37},
    {"Web/css/pages/values.css", file_38, sizeof file_38},
    {"Web/css/shell.css", file_39, sizeof file_39},
    {"Web/css/tokens.css", file_40, sizeof file_40},
    {"Web/dom/announce.js", file_41, sizeof file_41},
    {"Web/dom/attributes.js", file_42, sizeof file_42},
    {"Web/dom/element.js", file_43, sizeof file_43},
    {"Web/dom/focus.js", file_44, sizeof file_44},
    {"Web/dom/html.js", file_45, sizeof file_45},
    {"Web/dom/near.js", file_46, sizeof file_46},
    {"Web/dom/order.js", file_47, sizeof file_47},
    {"Web/dom/parse.js", file_48, sizeof file_48},
    {"Web/dom/rem.js", file_49, sizeof file_49},
    {"Web/dom/signal.js", file_50, sizeof file_50},
    {"Web/icon.svg", file_51, sizeof file_51},
    {"Web/index.html", file_52, sizeof file_52},
    {"Web/model/activity.js", file_53, sizeof file_53},
    {"Web/model/alerts.js", file_54, sizeof file_54},
    {"Web/model/branches.js", file_55, sizeof file_55},
    {"Web/model/canvas-geometry.js", file_56, sizeof file_56},
    {"Web/model/changes.js", file_57, sizeof file_57},
    {"Web/model/chart.js", file_58, sizeof file_58},
    {"Web/model/clipboard.js", file_59, sizeof file_59},
    {"Web/model/code-tokens.js", file_60, sizeof file_60},
    {"Web/model/commands.js", file_61, sizeof file_61},
    {"Web/model/commands/arrange.js", file_62, sizeof file_62},
    {"Web/model/commands/command.js", file_63, sizeof file_63},
    {"Web/model/commands/connections.js", file_64, sizeof file_64},
    {"Web/model/commands/fields.js", file_65, sizeof file_65},
    {"Web/model/commands/paste.js", file_66, sizeof file_66},
    {"Web/model/commands/steps.js", file_67, sizeof file_67},
    {"Web/model/csv.js", file_68, sizeof file_68},
    {"Web/model/curl.js", file_69, sizeof file_69},
    {"Web/model/diff-lines.js", file_70, sizeof file_70},
    {"Web/model/document.js", file_71, sizeof file_71},
    {"Web/model/edge-turns.js", file_72, sizeof file_72},
    {"Web/model/editor-model.js", file_73, sizeof file_73},
    {"Web/model/file-kind.js", file_74, sizeof file_74},
    {"Web/model/form-rules.js", file_75, sizeof file_75},
    {"Web/model/form-values.js", file_76, sizeof file_76},
    {"Web/model/format.js", file_77, sizeof file_77},
    {"Web/model/graph.js", file_78, sizeof file_78},
    {"Web/model/history.js", file_79, sizeof file_79},
    {"Web/model/input-schema.js", file_80, sizeof file_80},
    {"Web/model/json-rows.js", file_81, sizeof file_81},
    {"Web/model/json-text.js", file_82, sizeof file_82},
    {"Web/model/layered.js", file_83, sizeof file_83},
    {"Web/model/layout.js", file_84, sizeof file_84},
    {"Web/model/log-source.js", file_85, sizeof file_85},
    {"Web/model/log-window.js", file_86, sizeof file_86},
    {"Web/model/markdown-inline.js", file_87, sizeof file_87},
    {"Web/model/markdown.js", file_88, sizeof file_88},
    {"Web/model/mentions.js", file_89, sizeof file_89},
    {"Web/model/model-words.js", file_90, sizeof file_90},
    {"Web/model/models.js", file_91, sizeof file_91},
    {"Web/model/names.js", file_92, sizeof file_92},
    {"Web/model/needs.js", file_93, sizeof file_93},
    {"Web/model/new-step.js", file_94, sizeof file_94},
    {"Web/model/one-step.js", file_95, sizeof file_95},
    {"Web/model/ops-preview.js", file_96, sizeof file_96},
    {"Web/model/output-views.js", file_97, sizeof file_97},
    {"Web/model/plain-text.js", file_98, sizeof file_98},
    {"Web/model/problem-fixes.js", file_99, sizeof file_99},
    {"Web/model/problem-places.js", file_100, sizeof file_100},
    {"Web/model/references.js", file_101, sizeof file_101},
    {"Web/model/rename.js", file_102, sizeof file_102},
    {"Web/model/run-figures.js", file_103, sizeof file_103},
    {"Web/model/run-inputs.js", file_104, sizeof file_104},
    {"Web/model/run-log-lines.js", file_105, sizeof file_105},
    {"Web/model/run-memory.js", file_106, sizeof file_106},
    {"Web/model/run-state.js", file_107, sizeof file_107},
    {"Web/model/run-text.js", file_108, sizeof file_108},
    {"Web/model/run-timeline.js", file_109, sizeof file_109},
    {"Web/model/schema-form.js", file_110, sizeof file_110},
    {"Web/model/selection.js", file_111, sizeof file_111},
    {"Web/model/step-summary.js", file_112, sizeof file_112},
    {"Web/model/step-texts.js", file_113, sizeof file_113},
    {"Web/model/step-uses.js", file_114, sizeof file_114},
    {"Web/model/structure.js", file_115, sizeof file_115},
    {"Web/model/table-rows.js", file_116, sizeof file_116},
    {"Web/model/text-kinds.js", file_117, sizeof file_117},
    {"Web/model/triggers.js", file_118, sizeof file_118},
    {"Web/model/turn.js", file_119, sizeof file_119},
    {"Web/model/uploads.js", file_120, sizeof file_120},
    {"Web/model/usage.js", file_121, sizeof file_121},
    {"Web/model/variables.js", file_122, sizeof file_122},
    {"Web/model/workspace.js", file_123, sizeof file_123},
    {"Web/model/yaml-read.js", file_124, sizeof file_124},
    {"Web/model/yaml-scalars.js", file_125, sizeof file_125},
    {"Web/model/yaml-source.js", file_126, sizeof file_126},
    {"Web/model/yaml-text.js", file_127, sizeof file_127},
    {"Web/pages/builder/bar/bar.js", file_128, sizeof file_128},
    {"Web/pages/builder/bar/saved.js", file_129, sizeof file_129},
    {"Web/pages/builder/builder.js", file_130, sizeof file_130},
    {"Web/pages/builder/canvas/canvas.js", file_131, sizeof file_131},
    {"Web/pages/builder/canvas/cards.js", file_132, sizeof file_132},
    {"Web/pages/builder/canvas/drop.js", file_133, sizeof file_133},
    {"Web/pages/builder/canvas/edges.js", file_134, sizeof file_134},
    {"Web/pages/builder/canvas/gestures.js", file_135, sizeof file_135},
    {"Web/pages/builder/canvas/keys.js", file_136, sizeof file_136},
    {"Web/pages/builder/canvas/marks.js", file_137, sizeof file_137},
    {"Web/pages/builder/canvas/minimap.js", file_138, sizeof file_138},
    {"Web/pages/builder/canvas/scene.js", file_139, sizeof file_139},
    {"Web/pages/builder/canvas/stage.js", file_140, sizeof file_140},
    {"Web/pages/builder/canvas/surface.js", file_141, sizeof file_141},
    {"Web/pages/builder/canvas/tools.js", file_142, sizeof file_142},
    {"Web/pages/builder/carry.js", file_143, sizeof file_143},
    {"Web/pages/builder/comments/comment-box.js", file_144, sizeof file_144},
    {"Web/pages/builder/comments/comments.js", file_145, sizeof file_145},
    {"Web/pages/builder/draft/autosave.js", file_146, sizeof file_146},
    {"Web/pages/builder/draft/backup.js", file_147, sizeof file_147},
    {"Web/pages/builder/draft/conflict-dialog.js", file_148, sizeof file_148},
    {"Web/pages/builder/draft/draft.js", file_149, sizeof file_149},
    {"Web/pages/builder/draft/last-run.js", file_150, sizeof file_150},
    {"Web/pages/builder/draft/merge.js", file_151, sizeof file_151},
    {"Web/pages/builder/draft/places.js", file_152, sizeof file_152},
    {"Web/pages/builder/draft/problems.js", file_153, sizeof file_153},
    {"Web/pages/builder/draft/save-timer.js", file_154, sizeof file_154},
    {"Web/pages/builder/draft/server-draft.js", file_155, sizeof file_155},
    {"Web/pages/builder/fields/catalogue.js", file_156, sizeof file_156},
    {"Web/pages/builder/fields/collection-fields.js", file_157, sizeof file_157},
    {"Web/pages/builder/fields/field-view.js", file_158, sizeof file_158},
    {"Web/pages/builder/fields/form-view.js", file_159, sizeof file_159},
    {"Web/pages/builder/fields/help.js", file_160, sizeof file_160},
    {"Web/pages/builder/fields/live-value.js", file_161, sizeof file_161},
    {"Web/pages/builder/fields/live-view.js", file_162, sizeof file_162},
    {"Web/pages/builder/fields/model-field.js", file_163, sizeof file_163},
    {"Web/pages/builder/fields/op-value.js", file_164, sizeof file_164},
    {"Web/pages/builder/fields/picked-fields.js", file_165, sizeof file_165},
    {"Web/pages/builder/fields/pipeline-id.js", file_166, sizeof file_166},
    {"Web/pages/builder/fields/place.js", file_167, sizeof file_167},
    {"Web/pages/builder/fields/scalar-fields.js", file_168, sizeof file_168},
    {"Web/pages/builder/fields/schema-builder.js", file_169, sizeof file_169},
    {"Web/pages/builder/fields/shell.js", file_170, sizeof file_170},
    {"Web/pages/builder/fields/turns.js", file_171, sizeof file_171},
    {"Web/pages/builder/fields/typed-input.js", file_172, sizeof file_172},
    {"Web/pages/builder/fields/value-field.js", file_173, sizeof file_173},
    {"Web/pages/builder/fields/written-field.js", file_174, sizeof file_174},
    {"Web/pages/builder/files/browse.js", file_175, sizeof file_175},
    {"Web/pages/builder/inspector/cached-form.js", file_176, sizeof file_176},
    {"Web/pages/builder/inspector/configure-tab.js", file_177, sizeof file_177},
    {"Web/pages/builder/inspector/flow-tab.js", file_178, sizeof file_178},
    {"Web/pages/builder/inspector/go-to-field.js", file_179, sizeof file_179},
    {"Web/pages/builder/inspector/inspector.js", file_180, sizeof file_180},
    {"Web/pages/builder/inspector/reliability-tab.js", file_181, sizeof file_181},
    {"Web/pages/builder/inspector/step-name.js", file_182, sizeof file_182},
    {"Web/pages/builder/list/list.js", file_183, sizeof file_183},
    {"Web/pages/builder/list/needs.js", file_184, sizeof file_184},
    {"Web/pages/builder/list/window.js", file_185, sizeof file_185},
    {"Web/pages/builder/navigation.js", file_186, sizeof file_186},
    {"Web/pages/builder/page-keys.js", file_187, sizeof file_187},
    {"Web/pages/builder/palette.js", file_188, sizeof file_188},
    {"Web/pages/builder/paste-dialog.js", file_189, sizeof file_189},
    {"Web/pages/builder/problems/problems.js", file_190, sizeof file_190},
    {"Web/pages/builder/run-again.js", file_191, sizeof file_191},
    {"Web/pages/builder/run-form/file-input.js", file_192, sizeof file_192},
    {"Web/pages/builder/run-form/input-control.js", file_193, sizeof file_193},
    {"Web/pages/builder/run-form/presets.js", file_194, sizeof file_194},
    {"Web/pages/builder/run-form/run-form.js", file_195, sizeof file_195},
    {"Web/pages/builder/run-form/upload.js", file_196, sizeof file_196},
    {"Web/pages/builder/settings/input-editor.js", file_197, sizeof file_197},
    {"Web/pages/builder/settings/settings.js", file_198, sizeof file_198},
    {"Web/pages/builder/side.js", file_199, sizeof file_199},
    {"Web/pages/builder/steps-clipboard.js", file_200, sizeof file_200},
    {"Web/pages/builder/trial/trial.js", file_201, sizeof file_201},
    {"Web/pages/builder/trial/trials.js", file_202, sizeof file_202},
    {"Web/pages/builder/versions/versions.js", file_203, sizeof file_203},
    {"Web/pages/builder/yaml/yaml.js", file_204, sizeof file_204},
    {"Web/pages/compare/changes.js", file_205, sizeof file_205},
    {"Web/pages/compare/compare.js", file_206, sizeof file_206},
    {"Web/pages/compare/lines-view.js", file_207, sizeof file_207},
    {"Web/pages/compare/lines.js", file_208, sizeof file_208},
    {"Web/pages/compare/pick.js", file_209, sizeof file_209},
    {"Web/pages/compare/read.js", file_210, sizeof file_210},
    {"Web/pages/compare/union.js", file_211, sizeof file_211},
    {"Web/pages/compare/version-dialogs.js", file_212, sizeof file_212},
    {"Web/pages/files/file-table.js", file_213, sizeof file_213},
    {"Web/pages/files/files.js", file_214, sizeof file_214},
    {"Web/pages/files/listing.js", file_215, sizeof file_215},
    {"Web/pages/files/origin.js", file_216, sizeof file_216},
    {"Web/pages/files/preview.js", file_217, sizeof file_217},
    {"Web/pages/files/room.js", file_218, sizeof file_218},
    {"Web/pages/files/sending.js", file_219, sizeof file_219},
    {"Web/pages/files/upload-list.js", file_220, sizeof file_220},
    {"Web/pages/files/uploads.js", file_221, sizeof file_221},
    {"Web/pages/models/aliases.js", file_222, sizeof file_222},
    {"Web/pages/models/found.js", file_223, sizeof file_223},
    {"Web/pages/models/local-model.js", file_224, sizeof file_224},
    {"Web/pages/models/model-form.js", file_225, sizeof file_225},
    {"Web/pages/models/model-table.js", file_226, sizeof file_226},
    {"Web/pages/models/models.js", file_227, sizeof file_227},
    {"Web/pages/models/provider-form.js", file_228, sizeof file_228},
    {"Web/pages/models/providers.js", file_229, sizeof file_229},
    {"Web/pages/models/secret-forms.js", file_230, sizeof file_230},
    {"Web/pages/models/secret-tables.js", file_231, sizeof file_231},
    {"Web/pages/models/secrets.js", file_232, sizeof file_232},
    {"Web/pages/monitor/alerts.js", file_233, sizeof file_233},
    {"Web/pages/monitor/charts.js", file_234, sizeof file_234},
    {"Web/pages/monitor/figures.js", file_235, sizeof file_235},
    {"Web/pages/monitor/monitor.js", file_236, sizeof file_236},
    {"Web/pages/monitor/tables.js", file_237, sizeof file_237},
    {"Web/pages/monitor/toolbar.js", file_238, sizeof file_238},
    {"Web/pages/notfound/notfound.js", file_239, sizeof file_239},
    {"Web/pages/notifications/notifications.js", file_240, sizeof file_240},
    {"Web/pages/pipelines/actions.js", file_241, sizeof file_241},
    {"Web/pages/pipelines/figures.js", file_242, sizeof file_242},
    {"Web/pages/pipelines/filters.js", file_243, sizeof file_243},
    {"Web/pages/pipelines/import-documents.js", file_244, sizeof file_244},
    {"Web/pages/pipelines/import.js", file_245, sizeof file_245},
    {"Web/pages/pipelines/list.js", file_246, sizeof file_246},
    {"Web/pages/pipelines/names.js", file_247, sizeof file_247},
    {"Web/pages/pipelines/new.js", file_248, sizeof file_248},
    {"Web/pages/pipelines/pipelines.js", file_249, sizeof file_249},
    {"Web/pages/pipelines/states.js", file_250, sizeof file_250},
    {"Web/pages/pipelines/summary.js", file_251, sizeof file_251},
    {"Web/pages/pipelines/template-strip.js", file_252, sizeof file_252},
    {"Web/pages/pipelines/tile-menu.js", file_253, sizeof file_253},
    {"Web/pages/pipelines/tile.js", file_254, sizeof file_254},
    {"Web/pages/pipelines/tiles.js", file_255, sizeof file_255},
    {"Web/pages/pipelines/toolbar.js", file_256, sizeof file_256},
    {"Web/pages/pipelines/trash.js", file_257, sizeof file_257},
    {"Web/pages/run/actions.js", file_258, sizeof file_258},
    {"Web/pages/run/announcing.js", file_259, sizeof file_259},
    {"Web/pages/run/changes.js", file_260, sizeof file_260},
    {"Web/pages/run/failure.js", file_261, sizeof file_261},
    {"Web/pages/run/graph.js", file_262, sizeof file_262},
    {"Web/pages/run/head.js", file_263, sizeof file_263},
    {"Web/pages/run/loading.js", file_264, sizeof file_264},
    {"Web/pages/run/metadata.js", file_265, sizeof file_265},
    {"Web/pages/run/output.js", file_266, sizeof file_266},
    {"Web/pages/run/request.js", file_267, sizeof file_267},
    {"Web/pages/run/results.js", file_268, sizeof file_268},
    {"Web/pages/run/run-store.js", file_269, sizeof file_269},
    {"Web/pages/run/run.js", file_270, sizeof file_270},
    {"Web/pages/run/step-figures.js", file_271, sizeof file_271},
    {"Web/pages/run/step.js", file_272, sizeof file_272},
    {"Web/pages/run/timeline.js", file_273, sizeof file_273},
    {"Web/pages/runs/export.js", file_274, sizeof file_274},
    {"Web/pages/runs/filters.js", file_275, sizeof file_275},
    {"Web/pages/runs/histogram.js", file_276, sizeof file_276},
    {"Web/pages/runs/list.js", file_277, sizeof file_277},
    {"Web/pages/runs/merging.js", file_278, sizeof file_278},
    {"Web/pages/runs/runs.js", file_279, sizeof file_279},
    {"Web/pages/runs/table.js", file_280, sizeof file_280},
    {"Web/pages/settings/alert-form.js", file_281, sizeof file_281},
    {"Web/pages/settings/alerts.js", file_282, sizeof file_282},
    {"Web/pages/settings/appearance.js", file_283, sizeof file_283},
    {"Web/pages/settings/audit.js", file_284, sizeof file_284},
    {"Web/pages/settings/client-name.js", file_285, sizeof file_285},
    {"Web/pages/settings/deliveries.js", file_286, sizeof file_286},
    {"Web/pages/settings/fire-preview.js", file_287, sizeof file_287},
    {"Web/pages/settings/key-form.js", file_288, sizeof file_288},
    {"Web/pages/settings/keys.js", file_289, sizeof file_289},
    {"Web/pages/settings/messages.js", file_290, sizeof file_290},
    {"Web/pages/settings/outgoing.js", file_291, sizeof file_291},
    {"Web/pages/settings/people.js", file_292, sizeof file_292},
    {"Web/pages/settings/person-forms.js", file_293, sizeof file_293},
    {"Web/pages/settings/profile.js", file_294, sizeof file_294},
    {"Web/pages/settings/sessions.js", file_295, sizeof file_295},
    {"Web/pages/settings/settings.js", file_296, sizeof file_296},
    {"Web/pages/settings/trigger-form.js", file_297, sizeof file_297},
    {"Web/pages/settings/triggers.js", file_298, sizeof file_298},
    {"Web/pages/settings/webhook-form.js", file_299, sizeof file_299},
    {"Web/pages/shared/shared.js", file_300, sizeof file_300},
    {"Web/pages/signin/account-form.js", file_301, sizeof file_301},
    {"Web/pages/signin/join.js", file_302, sizeof file_302},
    {"Web/pages/signin/rules.js", file_303, sizeof file_303},
    {"Web/pages/signin/setup.js", file_304, sizeof file_304},
    {"Web/pages/signin/signin.js", file_305, sizeof file_305},
    {"Web/pages/signin/token.js", file_306, sizeof file_306},
    {"Web/pages/signin/welcome.js", file_307, sizeof file_307},
    {"Web/pages/templates/categories.js", file_308, sizeof file_308},
    {"Web/pages/templates/preview.js", file_309, sizeof file_309},
    {"Web/pages/templates/publish.js", file_310, sizeof file_310},
    {"Web/pages/templates/template-list.js", file_311, sizeof file_311},
    {"Web/pages/templates/template.js", file_312, sizeof file_312},
    {"Web/pages/templates/templates.js", file_313, sizeof file_313},
    {"Web/pages/templates/use.js", file_314, sizeof file_314},
    {"Web/parts/activity.js", file_315, sizeof file_315},
    {"Web/parts/avatar.js", file_316, sizeof file_316},
    {"Web/parts/banner.js", file_317, sizeof file_317},
    {"Web/parts/chain.js", file_318, sizeof file_318},
    {"Web/parts/chart.js", file_319, sizeof file_319},
    {"Web/parts/code.js", file_320, sizeof file_320},
    {"Web/parts/copy.js", file_321, sizeof file_321},
    {"Web/parts/dialog.js", file_322, sizeof file_322},
    {"Web/parts/diff.js", file_323, sizeof file_323},
    {"Web/parts/editor/completion-context.js", file_324, sizeof file_324},
    {"Web/parts/editor/editor.js", file_325, sizeof file_325},
    {"Web/parts/editor/explanations.js", file_326, sizeof file_326},
    {"Web/parts/editor/grammar.js", file_327, sizeof file_327},
    {"Web/parts/editor/languages.js", file_328, sizeof file_328},
    {"Web/parts/editor/layer.js", file_329, sizeof file_329},
    {"Web/parts/editor/positions.js", file_330, sizeof file_330},
    {"Web/parts/editor/suggestions.js", file_331, sizeof file_331},
    {"Web/parts/empty.js", file_332, sizeof file_332},
    {"Web/parts/field.js", file_333, sizeof file_333},
    {"Web/parts/file-view.js", file_334, sizeof file_334},
    {"Web/parts/fork.js", file_335, sizeof file_335},
    {"Web/parts/form-dialog.js", file_336, sizeof file_336},
    {"Web/parts/form.js", file_337, sizeof file_337},
    {"Web/parts/icon.js", file_338, sizeof file_338},
    {"Web/parts/json-tree.js", file_339, sizeof file_339},
    {"Web/parts/load.js", file_340, sizeof file_340},
    {"Web/parts/log.js", file_341, sizeof file_341},
    {"Web/parts/markdown.js", file_342, sizeof file_342},
    {"Web/parts/menu.js", file_343, sizeof file_343},
    {"Web/parts/mini-graph.js", file_344, sizeof file_344},
    {"Web/parts/once.js", file_345, sizeof file_345},
    {"Web/parts/problem.js", file_346, sizeof file_346},
    {"Web/parts/publish.js", file_347, sizeof file_347},
    {"Web/parts/share-allows.js", file_348, sizeof file_348},
    {"Web/parts/share-links.js", file_349, sizeof file_349},
    {"Web/parts/share.js", file_350, sizeof file_350},
    {"Web/parts/skeleton.js", file_351, sizeof file_351},
    {"Web/parts/spark.js", file_352, sizeof file_352},
    {"Web/parts/status.js", file_353, sizeof file_353},
    {"Web/parts/table-view.js", file_354, sizeof file_354},
    {"Web/parts/table.js", file_355, sizeof file_355},
    {"Web/parts/tabs.js", file_356, sizeof file_356},
    {"Web/parts/time.js", file_357, sizeof file_357},
    {"Web/parts/toast.js", file_358, sizeof file_358},
    {"Client/client.js", file_359, sizeof file_359},
};

enum { FILES = sizeof files / sizeof *files };

const unsigned char *factory_web_file(size_t index, const char **name, size_t *size) {
    if (index >= FILES) return nullptr;
    *name = files[index].name;
    *size = files[index].size;
    return files[index].bytes;
}
