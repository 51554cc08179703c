package ai.dimoo.spark;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/// A row's values by their columns' names. A column that is not there is as one that is null.
record RowValues(Row row) {

  boolean has(String column) {
    return Arrays.asList(row.schema().fieldNames()).contains(column);
  }

  @Nullable Object value(String column) {
    return has(column) ? row.getAs(column) : null;
  }

  /// Any value, as a text.
  @Nullable String text(String column) {
    Object value = value(column);
    return value == null ? null : value.toString();
  }

  /// A value that there has to be.
  ///
  /// @throws UserException if it is null
  String required(String column) {
    String text = text(column);
    if (text == null) {
      throw missing(column);
    }
    return text;
  }

  /// @throws UserException if it is no whole number
  @Nullable Integer whole(String column) {
    String text = text(column);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new UserException(Fault.value(column, text, "a whole number"), e);
    }
  }

  /// @throws UserException if it is neither null nor bytes
  byte @Nullable [] bytes(String column) {
    Object value = value(column);
    if (value != null && !(value instanceof byte[])) {
      throw new UserException(
          Fault.value(column, value.getClass().getSimpleName(), "the bytes of a picture's file"));
    }
    return (byte[]) value;
  }

  /// A picture from the bytes of a PNG, JPEG or WebP file.
  ///
  /// @throws UserException if they are no picture
  @Nullable Picture picture(String column) {
    byte[] file = bytes(column);
    return file == null ? null : ImageFiles.read(file, column);
  }

  /// Several pictures.
  ///
  /// @param column of bytes, or of a list of bytes
  /// @throws UserException if there is none, or one is no picture
  List<Picture> pictures(String column) {
    Object value = value(column);
    if (value == null) {
      throw missing(column);
    }
    if (value instanceof byte[] file) {
      return List.of(ImageFiles.read(file, column));
    }
    List<byte[]> files = row.getList(row.fieldIndex(column));
    return files.stream().map(file -> ImageFiles.read(file, column)).toList();
  }

  static UserException missing(String column) {
    return new UserException(Fault.value(column, "null", "a value in each row"));
  }
}
