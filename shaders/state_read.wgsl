// For the dispatches of a step that only read where their trial is.
@group(0) @binding(2) var<storage, read> state: array<State>;
