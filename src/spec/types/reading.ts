// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.

/** How a file is read; what is left out takes its default. */
export type ReadingInput = {
  /**
   * Whether the first row holds the column names.
   * @defaultValue guessed
   */
  header?: boolean;
  /**
   * What separates cells, such as ; or tab; space is any number of blanks.
   * @defaultValue guessed
   */
  delimiter?: string;
  /**
   * What stands before the decimals of a number.
   * @defaultValue guessed
   */
  decimal?: '.' | ',';
  /**
   * What stands between the thousands of a number.
   * @defaultValue guessed
   */
  thousands?: '' | ',' | '.' | ' ' | "'";
  /**
   * How letters are written as bytes, such as utf-8, cp949 (euc-kr) or windows-1252.
   * @defaultValue guessed
   */
  encoding?: string;
  /**
   * Texts that mean "no value", instead of NA, NaN, null and the like.
   * @defaultValue guessed
   */
  missing?: string[];
  /**
   * Rows at the top that are not of the table; titles above the names are found unless it is given.
   * Whole number from 0 to 1,000,000,000.
   * @defaultValue guessed
   */
  skip?: number;
  /**
   * Lines that begin with it are left out, such as #.
   * @defaultValue guessed
   */
  comment?: string;
  /**
   * The sheet of an Excel workbook; the first unless it is given.
   * @defaultValue guessed
   */
  sheet?: string;
  /**
   * Rows that may have fewer cells than the header; what they lack is missing, and a notice names them.
   * Whole number from 0 to 1,000,000,000.
   * @defaultValue `10`
   */
  max_short_rows?: number;
};

/** Complete: every default filled in. {@link ReadingInput} says what each is. */
export type ReadingSettings = {
  header?: boolean;
  delimiter?: string;
  decimal?: '.' | ',';
  thousands?: '' | ',' | '.' | ' ' | "'";
  encoding?: string;
  missing?: string[];
  skip?: number;
  comment?: string;
  sheet?: string;
  max_short_rows: number;
};
