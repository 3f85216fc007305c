package dev.renderworker.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.local.identity.Principal;
import dev.renderworker.local.wire.Response;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;

/** ListBuckets and ListObjectsV2. */
final class BucketListing {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
  private static final int LONGEST_PAGE = 1000;

  private final ObjectStore store;

  BucketListing(ObjectStore store) {
    this.store = store;
  }

  Response buckets() {
    StringBuilder buckets = new StringBuilder();
    for (String bucket : store.buckets()) {
      buckets
          .append("<Bucket><Name>")
          .append(bucket)
          .append("</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>");
    }
    return Response.xml(
        200,
        "<ListAllMyBucketsResult xmlns=\"%s\"><Owner><ID>%s</ID></Owner><Buckets>%s</Buckets></ListAllMyBucketsResult>"
            .formatted(NAMESPACE, Principal.ACCOUNT, buckets));
  }

  Response objects(String bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    int limit =
        Math.min(LONGEST_PAGE, Integer.parseInt(query.getOrDefault("max-keys", "" + LONGEST_PAGE)));
    Iterator<Map.Entry<String, S3Object>> found =
        store.list(bucket, prefix, after(query)).entrySet().iterator();
    Page page =
        new Page(
            prefix,
            query.getOrDefault("delimiter", ""),
            limit,
            "url".equals(query.get("encoding-type")));
    while (found.hasNext() && !page.full()) {
      Map.Entry<String, S3Object> entry = found.next();
      page.add(entry.getKey(), entry.getValue());
    }
    return Response.xml(200, page.xml(bucket, found.hasNext()));
  }

  private static String after(Map<String, String> query) {
    String token = query.get("continuation-token");
    return token == null
        ? query.getOrDefault("start-after", "")
        : new String(Base64.getUrlDecoder().decode(token), UTF_8);
  }

  /** One page of a listing as it grows. */
  private static final class Page {
    private final String prefix;
    private final String delimiter;
    private final int limit;
    private final boolean encode;
    private final StringBuilder content = new StringBuilder();
    private String last = "";
    private String lastGroup = "";
    private int size;

    Page(String prefix, String delimiter, int limit, boolean encode) {
      this.prefix = prefix;
      this.delimiter = delimiter;
      this.limit = limit;
      this.encode = encode;
    }

    boolean full() {
      return size >= limit;
    }

    void add(String key, S3Object object) {
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (cut >= 0) {
        addGroup(key.substring(0, cut + delimiter.length()));
        return;
      }
      last = key;
      size++;
      byte[] bytes = object.bytes();
      content.append(
          "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag><Size>%d</Size><StorageClass>STANDARD</StorageClass></Contents>"
              .formatted(
                  text(key),
                  timestamp(object.lastModified()),
                  ObjectRequests.etag(bytes).replace("\"", "&quot;"),
                  bytes.length));
    }

    private void addGroup(String group) {
      if (!group.equals(lastGroup)) {
        lastGroup = group;
        // The next page begins behind the whole group.
        last = group + '\uffff';
        size++;
        content.append(
            "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>".formatted(text(group)));
      }
    }

    String xml(String bucket, boolean truncated) {
      String next = Base64.getUrlEncoder().encodeToString(last.getBytes(UTF_8));
      return """
          <ListBucketResult xmlns="%s"><Name>%s</Name><Prefix>%s</Prefix>%s<KeyCount>%d</KeyCount>\
          <MaxKeys>%d</MaxKeys><IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>"""
          .formatted(
              NAMESPACE,
              bucket,
              text(prefix),
              encode ? "<EncodingType>url</EncodingType>" : "",
              size,
              limit,
              truncated,
              truncated ? "<NextContinuationToken>" + next + "</NextContinuationToken>" : "",
              content);
    }

    private String text(String raw) {
      return encode
          ? URLEncoder.encode(raw, UTF_8).replace("%2F", "/")
          : raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String timestamp(Instant instant) {
      // S3 writes milliseconds, and always three digits of them.
      return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000Z");
    }
  }
}
