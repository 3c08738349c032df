/** Why changes while a run trains cannot be read: apart from `settings.ts`, as programs give them as objects. */

export const changes = {
  change_unreadable: ({ text, names }: { text: string; names: readonly string[] }) =>
    `changes: "${text}" is not a change; write setting:value@step, as in l2:0.01@1280, of ${names.join(', ')}.`,
  change_not_off: ({ text, name }: { text: string; name: string }) =>
    `changes: "${text}": ${name} cannot be off; give a number.`,
  change_twice: ({ name, step }: { name: string; step: number }) =>
    `changes: ${name} is given twice at step ${step}; give it once.`,
};
