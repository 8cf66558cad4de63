/**
 * Everything that can be done to a draft. A command is a pure function with a label; one command is one entry to undo.
 * Commands that add or remove connections keep every other one as it was.
 *
 * @typedef {import("./commands/command.js").Command} Command
 * @typedef {import("./commands/command.js").Editable} Editable
 */

export {Refusal} from "./commands/command.js";
export {addStep, insertStep, removeSteps, renameStep, replaceStep} from "./commands/steps.js";
export {connect, disconnect, setNeeds} from "./commands/connections.js";
export {insertInput, setDocumentField, setStepField} from "./commands/fields.js";
export {moveInOrder, placeSteps, reorderSteps, tidy} from "./commands/arrange.js";
export {pasteSteps} from "./commands/paste.js";
