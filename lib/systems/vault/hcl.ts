/** A text in HCL: blocks of attributes and of further blocks, as much as is read of it. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

/** `type "label" { … }`. */
export interface HclBlock extends HclBody {
  readonly type: string;
  readonly labels: readonly string[];
  /** Where it begins; counts from 1. */
  readonly line: number;
}

/** `name = value`. */
export interface HclAttribute {
  readonly name: string;
  readonly value: HclValue;
  readonly line: number;
}

/** A string, or a list; undefined for whatever else HCL knows. */
export type HclValue = string | undefined | readonly HclValue[];

/** The first place at which a text is no HCL; counts from 1. */
export interface HclFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a text says in HCL. Of one that is no HCL, whatever can be read, and where it goes wrong. */
export interface HclText extends HclBody {
  readonly fault: HclFault | undefined;
}

/** Reads a text in HCL. Never throws. */
export type ParseHcl = (text: string) => HclText;
