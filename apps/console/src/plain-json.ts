/**
 * How answers and questions go over the wire: as JSON, as it stands. The types stay those of the procedures, since an
 * absent member reads as undefined; so a procedure gives times as numbers and large integers as text, and leaves no
 * hole in a list. A transformer that knew more kinds would take longer over the map of a large mesh than the database.
 */
export const plainJson = {
  serialize: <T>(value: T): T => value,
  deserialize: <T>(value: T): T => value,
};
