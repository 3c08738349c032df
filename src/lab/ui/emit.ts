/**
 * Events of the page's elements. Each element adds its own to `HTMLElementEventMap`, so that names and details are checked
 * where an event is dispatched and where it is heard.
 */
type CustomEventName = {
  [Name in keyof HTMLElementEventMap]: HTMLElementEventMap[Name] extends CustomEvent ? Name : never;
}[keyof HTMLElementEventMap];

/** For handlers in templates: `@run-take=${({ detail }: EventOf<'run-take'>) => ...}`. */
export type EventOf<Name extends CustomEventName> = HTMLElementEventMap[Name];

/** Dispatches an event that leaves shadow roots: `emit(this, 'run-take', { id })`. */
export function emit<Name extends CustomEventName>(
  element: HTMLElement,
  name: Name,
  ...[detail]: EventOf<Name>['detail'] extends undefined ? [] : [detail: EventOf<Name>['detail']]
): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
