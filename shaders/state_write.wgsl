// For the first and the last dispatch of a step, which move their trial on.
@group(0) @binding(2) var<storage, read_write> state: array<State>;
