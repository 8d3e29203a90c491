// What the type checker is told of pages beyond the standard: an element that a script looks up is
// one that the templates make, and what a page hears comes from one.

/** An element of a page, with the properties of all those that the templates have. */
interface Found extends HTMLElement {
  readonly dataset: Record<string, string>;
  readonly parentElement: Found;
  readonly form: HTMLFormElement & Found;
  readonly elements: Record<string, Found> & Record<string, Iterable<Found>>;
  readonly options: HTMLOptionsCollection;
  readonly tHead: Found;
  readonly tBodies: HTMLCollectionOf<HTMLTableSectionElement>;
  files: FileList;
  href: string;
  search: string;
  value: string;
  name: string;
  type: string;
  checked: boolean;
  disabled: boolean;
  required: boolean;
  open: boolean;
  select(): void;
  requestSubmit(submitter?: HTMLElement | null): void;
  setCustomValidity(words: string): void;
}

interface ParentNode {
  querySelector(selectors: string): Found;
  querySelectorAll(selectors: string): NodeListOf<Found>;
}
interface Document {
  getElementById(id: string): Found;
}
interface Element {
  closest(selectors: string): Found;
}

type Heard<E> = E & { readonly target: Found };

interface HTMLElementEventMap {
  /** What a scene tells of itself: that it changed, was drawn, moved its camera. */
  changed: Event;
  drawn: Event;
  moved: Event;
}
interface WindowEventMap {
  themechange: Event;
  entitychosen: CustomEvent<{ id: string }>;
}
interface HTMLElement {
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K, listener: (event: Heard<HTMLElementEventMap[K]>) => unknown, options?: boolean | AddEventListenerOptions,
  ): void;
}
declare function addEventListener<K extends keyof WindowEventMap>(
  type: K, listener: (event: Heard<WindowEventMap[K]>) => unknown, options?: boolean | AddEventListenerOptions,
): void;

interface Window {
  /** The map of the page, for whoever looks at it from outside. */
  scene?: object;
}
