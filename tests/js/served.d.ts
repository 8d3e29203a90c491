// What the server gives the map, as `webapp/graphview.py` and `webapp/gapmarks.py` make it;
// tests/web/test_scripts.py compares the names with a picture that is served.

interface Picture {
  nodes: Thing[];
  edges: Tie[];
  options: object;
  /** The kinds of ties along which a focus goes on. */
  steps: string[];
  /** Left, top, right, bottom of where things may stand. */
  canvas: [number, number, number, number];
  territories: Territory[];
  marks: GapMark[];
}

/** A node of the picture: something of the ecosystem, or many folded into one. */
interface Thing {
  id: string;
  label: string;
  shape: "custom";
  group: string;
  lang: string;
  x: number;
  y: number;
  size: number;
  importance: number;
  hollow: boolean;
  external: boolean;
  /** In words of the reader; a folded group has none. */
  kind_name?: string;
  /** Where it would stand had no reader moved it. */
  home?: [number, number];
  /** The values of the property that gives the colours, and the number of the colour. */
  values?: number[];
  tone?: number;
  /** What gives its colour or size is not recorded. */
  silent?: boolean;
  /** Of a folded group: its territory, how many there are, whether it stands beside the canvas, and what its sign is. */
  opens?: string;
  count?: number;
  chip?: boolean;
  sign?: string;
  /** Set by the browser: where it stood before a neighbourhood was laid out for itself. */
  stood?: [number, number] | null;
}

/** An edge of the picture. */
interface Tie {
  id: string;
  from: string;
  to: string;
  group: string;
  look: "plain" | "mentoring" | "funding" | "faint" | "fold";
  width: number;
  dashes: false | number[];
  arrows: { to: { enabled: boolean; type?: string; scaleFactor?: number } };
  smooth: { enabled: boolean; type: "curvedCW" | "curvedCCW"; roundness: number };
  ended?: boolean;
  hollow?: boolean;
  undated?: boolean;
  faded?: boolean;
  /** How many ties a folded one stands for. */
  count?: number;
}

interface Territory {
  id: string;
  caption: string;
  external: boolean;
  hull: [number, number][];
  at: [number, number];
}

interface GapMark {
  id: string;
  rule: string;
  name: string;
  title: string;
  place: string;
  look: string;
  nodes: string[];
  pairs: [string, string][];
  territories: string[];
  band: string[][];
  reach: string[];
}
