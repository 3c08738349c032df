/** Dates in text: which format a column has, and what day a text is, by the calendar alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateFormats, daysOfColumn, formatIso, guessDateFormat, parseDays } from '../../../../src/data/table/dates.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const two = (value: number) => String(value).padStart(2, '0');
const written: Record<string, (year: number, month: number, day: number) => string> = {
  'yyyy-mm-dd': (y, m, d) => `${y}-${two(m)}-${two(d)}`,
  'yyyy/mm/dd': (y, m, d) => `${y}/${two(m)}/${two(d)}`,
  'yyyy.mm.dd': (y, m, d) => `${y}. ${m}. ${d}.`,
  'dd.mm.yyyy': (y, m, d) => `${two(d)}.${two(m)}.${y}`,
  'mm/dd/yyyy': (y, m, d) => `${m}/${d}/${y}`,
  'dd/mm/yyyy': (y, m, d) => `${two(d)}/${two(m)}/${y}`,
  'd mmm yyyy': (y, m, d) => `${d} ${months[m - 1]} ${y}`,
  'mmm d, yyyy': (y, m, d) => `${months[m - 1]} ${d}, ${y}`,
  'yyyy년 m월 d일': (y, m, d) => `${y}년 ${m}월 ${d}일`,
  yyyymmdd: (y, m, d) => `${y}${two(m)}${two(d)}`,
  excel_serial: (y, m, d) => String(Date.UTC(y, m - 1, d) / 86_400_000 + 25_569),
};
const firstSerial = Date.UTC(1901, 0, 1) / 86_400_000;
/** What is not guessed. */
const plainDigits = ['yyyymmdd', 'excel_serial'];
const anyDay = fc.integer({ min: Date.UTC(1000, 0, 1) / 86_400_000, max: Date.UTC(9999, 11, 31) / 86_400_000 });
const parts = (days: number): [number, number, number] => {
  const date = new Date(days * 86_400_000);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
};

describe('daysOf', () => {
  it.each(dateFormats)('reads every day written as %s', (format) => {
    fc.assert(
      fc.property(anyDay, (days) => {
        fc.pre(format !== 'excel_serial' || days >= firstSerial);
        expect(parseDays(written[format](...parts(days)), format)).toBe(days);
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('knows no day that the calendar lacks', () => {
    const numbers = fc.tuple(
      fc.integer({ min: 1000, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    fc.assert(
      fc.property(numbers, ([year, month, day]) => {
        const date = new Date(Date.UTC(year, month - 1, day));
        const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
        const days = parseDays(`${year}-${two(month)}-${two(day)}`, 'yyyy-mm-dd');
        if (real) expect(days).toBe(date.getTime() / 86_400_000);
        else expect(days).toBeNaN();
      }),
      { seed: 10, numRuns: 1000 },
    );
    for (const text of ['2020-02-30', '2021-02-29', '1900-02-29', '2020-04-31']) {
      expect(parseDays(text, 'yyyy-mm-dd')).toBeNaN();
    }
    expect(parseDays('2000-02-29', 'yyyy-mm-dd')).toBe(11_016);
  });

  it.each([
    ['1970-01-02T06:00', 'yyyy-mm-dd', 1.25],
    ['1970-01-02 06:00:00', 'yyyy-mm-dd', 1.25],
    ['1970-01-02T06:00:00.000Z', 'yyyy-mm-dd', 1.25],
    ['1970-01-02T06:00+06:00', 'yyyy-mm-dd', 1],
    ['1970-01-02T00:00-0600', 'yyyy-mm-dd', 1.25],
    ['1970-01-01T03:00+09:00', 'yyyy-mm-dd', -0.25],
    ['1970-01-02T00:00:43.2Z', 'yyyy-mm-dd', 1.0005],
    ['1/2/1970 6:00 PM', 'mm/dd/yyyy', 1.75],
    ['1/2/1970 12:00 am', 'mm/dd/yyyy', 1],
    ['1-Jan-1970', 'd mmm yyyy', 0],
    ['Fri, 2 January 1970', 'd mmm yyyy', 1],
    ['Sept. 1, 1970', 'mmm d, yyyy', 243],
    ['1970년1월2일', 'yyyy년 m월 d일', 1],
    ['1970년 1월 2일 (금)', 'yyyy년 m월 d일', 1],
    ['1970-01-02(금) 오후 6:00', 'yyyy-mm-dd', 1.75],
    ['1970-01-02 오전 12:00:00', 'yyyy-mm-dd', 1],
    ['45296', 'excel_serial', 19_727],
    ['45296.75', 'excel_serial', 19_727.75],
  ])('reads %s as %s', (text, format, days) => {
    expect(parseDays(text, format)).toBeCloseTo(days, 12);
  });

  it.each([
    ['2020-03-01T24:00', 'yyyy-mm-dd'],
    ['2020-03-01T10:60', 'yyyy-mm-dd'],
    ['2020-03-01T10:00:60', 'yyyy-mm-dd'],
    ['2020-03-01T10:00+24:00', 'yyyy-mm-dd'],
    ['2020-03-01 13:00 PM', 'yyyy-mm-dd'],
    ['2020-03-01x', 'yyyy-mm-dd'],
    ['2020-03', 'yyyy-mm-dd'],
    ['20-03-01', 'yyyy-mm-dd'],
    ['1 Mai 2020', 'd mmm yyyy'],
    ['', 'yyyy-mm-dd'],
    ['366', 'excel_serial'],
    ['2958466', 'excel_serial'],
    ['20240105', 'excel_serial'],
    ['2020-03-01', 'a format that is none'],
  ])('is NaN for %s as %s', (text, format) => {
    expect(parseDays(text, format)).toBeNaN();
  });
});

describe('guessDateFormat', () => {
  it.each(dateFormats.filter((format) => !plainDigits.includes(format)))('finds %s from one late day', (format) => {
    expect(
      guessDateFormat(
        ['1/2', '30/12'].map((text) => {
          const [day, month] = text.split('/').map(Number);
          return written[format](2020, month, day);
        }),
      ),
    ).toEqual({ format });
  });

  it('gives back the days of any column, or says that it could not tell', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(written)),
        fc.array(anyDay, { minLength: 1, maxLength: 30 }),
        (format, days) => {
          const levels = days.map((day) => written[format](...parts(day)));
          const guess = guessDateFormat(levels);
          if (plainDigits.includes(format)) expect(guess).toBeUndefined();
          else if (!guess?.unclear) expect(levels.map((level) => parseDays(level, guess!.format))).toEqual(days);
          else expect(days.every((day) => parts(day)[2] <= 12)).toBe(true);
        },
      ),
      { seed: 10 },
    );
  });

  it('assumes month/day where no day tells, and says so', () => {
    expect(guessDateFormat(['03/04/2020', '05/06/2020'])).toEqual({
      format: 'mm/dd/yyyy',
      unclear: expect.objectContaining({
        text: 'The dates could be month/day or day/month, as no day is over 12; month/day is assumed.',
      }),
    });
    expect(guessDateFormat(['03/04/2020', '25/06/2020'])).toEqual({ format: 'dd/mm/yyyy' });
    expect(guessDateFormat(['03/04/2020', '06/25/2020'])).toEqual({ format: 'mm/dd/yyyy' });
  });

  it('lets one text in twenty be no date, and says which', () => {
    const levels = Array.from({ length: 19 }, (_, index) => `2020-03-${two(index + 1)}`);
    expect(guessDateFormat([...levels, 'unknown'])).toEqual({
      format: 'yyyy-mm-dd',
      unclear: expect.objectContaining({ text: 'Cells without a date count as missing: 1, such as "unknown".' }),
    });
    expect(guessDateFormat([...levels.slice(1), 'soon'])).toBeUndefined();
  });

  it('finds several ways in one column, and says how many rows have each', () => {
    const levels = ['2024-01-05', '2024.1.6', '1/27/2024', '2024년 1월 8일', '2024. 1. 9.', 'TBD'];
    const guess = guessDateFormat(levels, [40, 10, 5, 3, 2, 7]);
    expect(guess).toEqual({
      format: 'yyyy-mm-dd or yyyy.mm.dd or mm/dd/yyyy or yyyy년 m월 d일',
      unclear: expect.objectContaining({
        text: 'Dates are written in several ways: yyyy-mm-dd in 40 rows, yyyy.mm.dd in 12 rows, mm/dd/yyyy in 5 rows, yyyy년 m월 d일 in 3 rows. Cells without a date count as missing: 7, such as "TBD".',
      }),
    });
    expect(levels.slice(0, 5).map((level) => formatIso(parseDays(level, guess!.format)))).toEqual(
      ['05', '06', '27', '08', '09'].map((day) => `2024-01-${day}`),
    );
    expect(guessDateFormat(['2024-01-05', '5/1/2024'])?.unclear?.text).toMatch(/month\/day is assumed/);
    expect(guessDateFormat(['2024-01-05', '25/1/2024', '5/1/2024'])?.format).toBe('dd/mm/yyyy or yyyy-mm-dd');
  });

  it('finds none where day and month change places', () => {
    expect(guessDateFormat(['25/1/2024', '1/25/2024', '1/2/2024'])).toBeUndefined();
  });

  it('finds none in other text, eight digits or nothing', () => {
    for (const levels of [[], ['a', 'b'], ['20200301'], ['1.5.2'], ['2020-13-01'], ['10:30'], ['2020']]) {
      expect(guessDateFormat(levels)).toBeUndefined();
    }
  });
});

describe('daysOfColumn', () => {
  it('gives every row its day, NaN where there is none', () => {
    const text = {
      name: 'd',
      kind: 'text' as const,
      codes: Uint32Array.of(2, 0, 1, 3),
      levels: ['1970-01-01', '1970-01-03', 'x'],
    };
    expect([...daysOfColumn(text, 'yyyy-mm-dd')]).toEqual([2, Number.NaN, 0, Number.NaN]);
    const number = { name: 'd', kind: 'number' as const, values: Float64Array.of(19700102, Number.NaN, 19701301) };
    expect([...daysOfColumn(number, 'yyyymmdd')]).toEqual([1, Number.NaN, Number.NaN]);
  });
});

describe('isoOf', () => {
  it('writes what daysOf reads', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 86_399 }), (days, second) => {
        expect(parseDays(formatIso(days), 'yyyy-mm-dd')).toBe(days);
        expect(parseDays(formatIso(days + second / 86_400), 'yyyy-mm-dd')).toBeCloseTo(days + second / 86_400, 9);
      }),
      { seed: 10 },
    );
    expect(formatIso(18_322)).toBe('2020-03-01');
    expect(formatIso(1.25)).toBe('1970-01-02T06:00:00.000Z');
    expect(formatIso(Number.NaN)).toBe('');
  });
});
