/** Single keys that command the run, unless somebody is typing. */
import { text } from '../i18n/text.ts';
import { modalOpen } from '../ui/modal.ts';

export type KeyCommand = 'toggle' | 'step' | 'reset' | 'log' | 'replay' | 'shortcuts';

const commands: Record<string, KeyCommand> = {
  ' ': 'toggle',
  s: 'step',
  r: 'reset',
  l: 'log',
  p: 'replay',
  '?': 'shortcuts',
};

/** What the sheet of keys says: those above, and those that the browser or a control brings with it. */
export function shortcuts(): { keys: string[]; words: string }[] {
  return [
    { keys: [text.app.keys.space], words: text.app.keys.train },
    { keys: ['S'], words: text.app.keys.trainOneEpoch },
    { keys: ['R'], words: text.app.keys.reset },
    { keys: ['L'], words: text.app.keys.logAxis },
    { keys: ['P'], words: text.app.keys.replay },
    { keys: ['?'], words: text.app.keys.thisSheet },
    { keys: ['Esc'], words: text.app.keys.close },
    { keys: ['Tab'], words: text.app.keys.nextControl },
    { keys: ['←', '→'], words: text.app.keys.slider },
    { keys: ['+', '−', '0'], words: text.app.keys.zoom },
    {
      keys: ['↑', '↓', 'Enter', 'Del'],
      words: text.app.keys.layer,
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
