package dev.renderworker.remotion.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.job.Violation;
import dev.renderworker.remotion.Goldens;
import dev.renderworker.remotion.Requests;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RequestRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'crf':1}",
        "{'crf':51}",
        "{'codec':'h265','crf':0}",
        "{'codec':'vp8','crf':4}",
        "{'codec':'vp9','crf':63}",
        "{'codec':'gif','crf':0}",
        "{'videoBitrate':'5M','encodingMaxRate':'6.5M','encodingBufferSize':'512k'}",
        "{'audioCodec':'mp3','outName':'a.mov'}",
        "{'audioCodec':'pcm-16','outName':'a.mkv'}",
        "{'codec':'vp8','audioCodec':'opus','outName':'a.webm'}",
        "{'codec':'prores','proResProfile':'4444','outName':'a.mxf'}",
        "{'codec':'gif','numberOfGifLoops':0,'everyNthFrame':2,'outName':'a.gif'}",
        "{'codec':'aac','outName':'a.m4a'}",
        "{'codec':'mp3','imageFormat':'none'}",
        "{'codec':'wav','outName':'a.b.wav'}",
        "{'codec':'vp9','pixelFormat':'yuva420p','imageFormat':'png'}",
        "{'pixelFormat':'yuv444p'}",
        "{'x264Preset':'slow'}",
        "{'outName':{'bucketName':'my-bucket.eu','key':'any/thing.txt'}}",
        "{'outName':{'bucketName':'my-bucket.eu','key':'a\\nb'}}",
        "{'framesPerLambda':5}",
        "{'framesPerLambda':2,'frameRange':[0,1]}",
        "{'concurrency':3}",
        "{'frameRange':7}",
        "{'frameRange':[0,0]}",
        "{'frameRange':[10,null]}",
        "{'everyNthFrame':2,'frameRange':[0,20]}",
        "{'outName':{'bucketName':'0000','key':'a'}}",
        "{'downloadBehavior':{'type':'play-in-browser'}}",
        "{'downloadBehavior':{'type':'download','fileName':null}}",
        "{'webhook':{'url':'https://e.com','secret':null,'customData':{'a':'b'}}}",
        "{'metadata':{'Author':'Jane','JobId':'x'}}",
        "{'extraStartFields':{'output':{'type':'media'}}}",
        "{'serveUrl':'my-site'}"
      })
  void goodRequestsPass(String options) {
    assertEquals(List.of(), RequestRules.violations(request(options)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/codec | {'codec':'h264-mkv'}",
        "/crf | {'crf':0}",
        "/crf | {'crf':-1}",
        "/crf | {'codec':null,'crf':0}",
        "/outName | {'codec':null,'outName':'a.webm'}",
        "/crf | {'crf':52}",
        "/crf | {'codec':'h265','crf':52}",
        "/crf | {'codec':'vp8','crf':3}",
        "/crf | {'codec':'vp9','crf':64}",
        "/crf | {'codec':'prores','crf':1}",
        "/crf | {'codec':'mp3','crf':18}",
        "/crf | {'crf':18,'videoBitrate':'1M'}",
        "/encodingMaxRate | {'encodingMaxRate':'1M'}",
        "/videoBitrate | {'videoBitrate':1000}",
        "/audioBitrate | {'audioBitrate':'320'}",
        "/encodingBufferSize | {'encodingBufferSize':'lots'}",
        "/audioCodec | {'audioCodec':'opus'}",
        "/audioCodec | {'codec':'h265','audioCodec':'mp3'}",
        "/audioCodec | {'codec':'vp9','audioCodec':'aac'}",
        "/audioCodec | {'codec':'gif','audioCodec':'aac'}",
        "/audioCodec | {'codec':'wav','audioCodec':'mp3'}",
        "/outName | {'outName':'a.webm'}",
        "/outName | {'outName':'noextension'}",
        "/outName | {'outName':'a.mp4','audioCodec':'pcm-16'}",
        "/outName | {'codec':'gif','outName':'a.mp4'}",
        "/outName | {'outName':' a.mp4'}",
        "/outName/key | {'outName':{'bucketName':'bucket','key':'#1'}}",
        "/outName/bucketName | {'outName':{'bucketName':'No_Bucket','key':'a'}}",
        "/outName/bucketName | {'outName':{'bucketName':'10.0.0.1','key':'a'}}",
        "/outName/bucketName | {'outName':{'bucketName':'1.2.3','key':'a'}}",
        "/outName/bucketName | {'outName':{'bucketName':'ab','key':'a'}}",
        "/imageFormat | {'imageFormat':'none'}",
        "/imageFormat | {'codec':'gif','imageFormat':'none'}",
        "/pixelFormat | {'pixelFormat':'yuva420p','imageFormat':'png'}",
        "/imageFormat | {'codec':'vp8','pixelFormat':'yuva420p'}",
        "/imageFormat | {'codec':'prores','pixelFormat':'yuva444p10le','imageFormat':'jpeg'}",
        "/proResProfile | {'proResProfile':'hq'}",
        "/x264Preset | {'codec':'h265','x264Preset':'slow'}",
        "/numberOfGifLoops | {'numberOfGifLoops':0}",
        "/framesPerLambda | {'framesPerLambda':20,'concurrency':3}",
        "/framesPerLambda | {'framesPerLambda':4}",
        "/framesPerLambda | {'framesPerLambda':1,'frameRange':[0,1]}",
        "/framesPerLambda | {'framesPerLambda':5,'frameRange':[0,1000]}",
        "/frameRange | {'frameRange':[[0,1],[3,4]]}",
        "/frameRange | {'frameRange':[0]}",
        "/frameRange | {'frameRange':[5,4]}",
        "/frameRange | {'frameRange':-1}",
        "/frameRange | {'frameRange':[0.5,3]}",
        "/frameRange | {'frameRange':[null,3]}",
        "/downloadBehavior/type | {'downloadBehavior':{'type':'nope'}}",
        "/downloadBehavior/fileName | {'downloadBehavior':{'type':'download'}}",
        "/webhook/customData | {'webhook':{'url':'https://e.com','customData':{'a':'ü'}}}",
        "/outName | {'webhook':{'url':'https://e.com'},'outName':'aü.mp4'}",
        "/quality | {'quality':80}",
        "/metadata/jobId | {'metadata':{'jobId':'x'}}",
        "/metadata/attempt | {'metadata':{'attempt':'1'}}",
        "/extraStartFields/codec | {'extraStartFields':{'codec':'gif'}}",
        "/extraStartFields/version | {'extraStartFields':{'version':'1'}}",
        "/serveUrl | {'serveUrl':'src/index.ts'}"
      })
  void badRequestsAreRefusedWhereTheyAreWrong(String pointer, String options) {
    assertEquals(
        List.of(pointer),
        RequestRules.violations(request(options)).stream().map(Violation::pointer).toList());
  }

  @Test
  void customDataMayBeAsLongAsTheOfficialClientAllows() {
    int frame = "{\"a\":\"\"}".length();

    assertEquals(List.of(), customDataOf(1024 - frame));
    assertEquals(List.of("/webhook/customData"), customDataOf(1025 - frame));
  }

  private static List<String> customDataOf(int length) {
    Map<String, Object> webhook =
        Map.of("url", "https://e.com", "customData", Map.of("a", "x".repeat(length)));
    return RequestRules.violations(Requests.h264("webhook", webhook)).stream()
        .map(Violation::pointer)
        .toList();
  }

  @Test
  void stillsAreNotHeldToTheRulesOfVideos() {
    Map<String, Object> options =
        Map.of("serveUrl", "s", "frame", -1, "imageFormat", "webp", "outName", "a.webp");

    assertEquals(List.of(), RequestRules.violations(Requests.still(options)));
    assertEquals(
        List.of("/serveUrl"),
        RequestRules.violations(Requests.still(Map.of("serveUrl", "src/x"))).stream()
            .map(Violation::pointer)
            .toList());
  }

  private static Stream<JsonNode> whatTheOfficialClientSent() {
    return Goldens.json("client-requests/index.json")
        .valueStream()
        .filter(entry -> entry.get("call").stringValue().equals("renderMediaOnLambda"))
        .filter(entry -> entry.get("options").has("codec"));
  }

  @ParameterizedTest
  @MethodSource("whatTheOfficialClientSent")
  void requestsOfTheOfficialClientPass(JsonNode entry) {
    RenderRequest request = Requests.request(RenderType.MEDIA, Goldens.plain(entry.get("options")));

    assertEquals(List.of(), RequestRules.violations(request));
  }

  private static RenderRequest request(String options) {
    Map<String, Object> given = Goldens.plain(Goldens.parse(options.replace('\'', '"')));
    return Requests.h264(
        given.entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
            .toArray());
  }
}
