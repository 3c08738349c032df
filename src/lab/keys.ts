/** Single keys that command the run, unless somebody is typing. */
export type KeyCommand = 'toggle' | 'step' | 'reset' | 'log';

const commands: Record<string, KeyCommand> = { ' ': 'toggle', s: 'step', r: 'reset', l: 'log' };

export function keyCommand(event: KeyboardEvent): KeyCommand | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  const command = commands[event.key.toLowerCase()];
  if (!command || (event.repeat && command !== 'step')) return undefined;
  const target = event.composedPath()[0];
  if (target instanceof Element) {
    if (target.closest('input:not([type=checkbox]), select, textarea, [contenteditable]')) return undefined;
    // Space already presses a button that has the focus.
    if (command === 'toggle' && target.closest('button, summary, a, input')) return undefined;
  }
  return command;
}
