/**
 * The keyboard goes on where it was: a control that goes away when it is pressed, or that moves in its list, would take the
 * focus with it, and the next press of Tab would begin at the top of the page.
 */
import type { ReactiveElement } from 'lit';

interface Keeping extends ReactiveElement {
  /** Where the focus goes on when what had it is gone; without it, to the region around the element. */
  focusAfter?(gone: HTMLElement): HTMLElement | null | undefined;
}

/** Of every element, for what it draws itself. */
export function keepFocus(host: Keeping): void {
  let held: HTMLElement | undefined;
  host.addController({
    hostUpdate: () => {
      held = focusedIn(host);
    },
    hostUpdated: () => {
      if (!held || (usable(held) && focusedIn(host) === held)) return;
      if (usable(held)) held.focus();
      else (host.focusAfter ? host.focusAfter(held) : regionAround(host))?.focus();
    },
  });
}

/** What has the focus, however deep it is in there. */
function focusedIn(host: Element): HTMLElement | undefined {
  const inner = host.shadowRoot?.activeElement;
  if (!inner) return undefined;
  return focusedIn(inner) ?? (inner as HTMLElement);
}

function usable(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility() && !element.matches(':disabled');
}

/** Of a dialog its first button; else the nearest element that takes the focus when it is given it, and not by tabbing. */
function regionAround(host: Element): HTMLElement | null {
  let node: Node | null = host;
  while (node) {
    if (node instanceof HTMLDialogElement) return node.querySelector('button');
    if (node instanceof HTMLElement && node.matches('[tabindex="-1"]')) return node;
    node = (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? null;
  }
  return null;
}
