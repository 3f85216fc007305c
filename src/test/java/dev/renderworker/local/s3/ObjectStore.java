package dev.renderworker.local.s3;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** The buckets and what is in them. */
public final class ObjectStore {
  private final ConcurrentMap<String, ConcurrentSkipListMap<String, S3Object>> buckets =
      new ConcurrentHashMap<>();
  private final List<BiConsumer<String, String>> watchers = new CopyOnWriteArrayList<>();

  /** Makes an empty bucket, unless it is there. */
  public void createBucket(String bucket) {
    buckets.putIfAbsent(bucket, new ConcurrentSkipListMap<>());
  }

  /** Tells bucket and key of every object that is put from now on. */
  public void onPut(BiConsumer<String, String> watcher) {
    watchers.add(watcher);
  }

  /** The names of the buckets, in order. */
  public List<String> buckets() {
    return buckets.keySet().stream().sorted().toList();
  }

  /** Whether there is such a bucket. */
  public boolean hasBucket(String bucket) {
    return buckets.containsKey(bucket);
  }

  /** The object under a key, if bucket and object exist. */
  public Optional<S3Object> find(String bucket, String key) {
    return Optional.ofNullable(buckets.get(bucket)).map(objects -> objects.get(key));
  }

  /** Puts an object, whatever was there. */
  public void put(String bucket, String key, S3Object object) {
    objects(bucket).put(key, object);
    watchers.forEach(watcher -> watcher.accept(bucket, key));
  }

  /**
   * Puts an object where none is.
   *
   * @return false if there is one already
   */
  public boolean putIfAbsent(String bucket, String key, S3Object object) {
    boolean absent = objects(bucket).putIfAbsent(key, object) == null;
    if (absent) {
      watchers.forEach(watcher -> watcher.accept(bucket, key));
    }
    return absent;
  }

  /** Removes an object, if it is there. */
  public void delete(String bucket, String key) {
    if (hasBucket(bucket)) {
      objects(bucket).remove(key);
    }
  }

  /** The objects with this prefix whose keys come after another key, in order. */
  public Map<String, S3Object> list(String bucket, String prefix, String after) {
    NavigableMap<String, S3Object> fromPrefix = objects(bucket).tailMap(prefix, true);
    NavigableMap<String, S3Object> rest =
        after.compareTo(prefix) < 0 ? fromPrefix : fromPrefix.tailMap(after, false);
    // '\uffff' sorts behind every character that a key may have.
    return rest.headMap(prefix + '\uffff', false);
  }

  private ConcurrentSkipListMap<String, S3Object> objects(String bucket) {
    ConcurrentSkipListMap<String, S3Object> objects = buckets.get(bucket);
    if (objects == null) {
      throw new IllegalArgumentException("no bucket " + bucket);
    }
    return objects;
  }
}
