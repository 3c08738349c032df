/** Single keys that command the run, unless somebody is typing. */
import { msg } from '@lit/localize';
import { modalOpen } from './modal.ts';

export type KeyCommand = 'toggle' | 'step' | 'reset' | 'log' | 'shortcuts';

const commands: Record<string, KeyCommand> = { ' ': 'toggle', s: 'step', r: 'reset', l: 'log', '?': 'shortcuts' };

/** What the sheet of keys says: those above, and those that the browser or a control brings with it. */
export function shortcuts(): { keys: string[]; words: string }[] {
  return [
    { keys: [msg('Space')], words: msg('Train or pause') },
    { keys: ['S'], words: msg('Train one epoch') },
    { keys: ['R'], words: msg('Back to epoch 0') },
    { keys: ['L'], words: msg('Losses on a log axis or a linear one') },
    { keys: ['?'], words: msg('This sheet') },
    { keys: ['Esc'], words: msg('Close what is open above the page') },
    { keys: ['Tab'], words: msg('The next control') },
    { keys: ['←', '→'], words: msg('Move a slider, or the line through a chart that has the focus') },
    {
      keys: ['↑', '↓', 'Enter', 'Del'],
      words: msg('On a layer of the diagram: more or fewer units, edit it by itself, remove it'),
    },
  ];
}

export function keyCommand(event: KeyboardEvent): KeyCommand | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  const command = commands[event.key.toLowerCase()];
  if (!command || (event.repeat && command !== 'step')) return undefined;
  // What is open above the page has the keys to itself.
  if (modalOpen()) return undefined;
  const target = event.composedPath()[0];
  if (target instanceof Element) {
    if (target.closest('input:not([type=checkbox]), select, textarea, [contenteditable]')) return undefined;
    // Space already presses a button that has the focus.
    if (command === 'toggle' && target.closest('button, summary, a, input')) return undefined;
  }
  return command;
}
