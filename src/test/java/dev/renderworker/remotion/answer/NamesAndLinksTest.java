package dev.renderworker.remotion.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.remotion.Goldens;
import dev.renderworker.remotion.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NamesAndLinksTest {

  @Test
  void nameTellsMemoryDiskAndTimeout() {
    assertEquals(
        Optional.of(new FunctionName("4-0-527", 2048, 10_240, Duration.ofMinutes(2))),
        FunctionName.parse("remotion-render-4-0-527-mem2048mb-disk10240mb-120sec"));
    assertEquals(
        Optional.of(900L),
        FunctionName.parse(
                "arn:aws:lambda:us-east-1:1:function:"
                    + "remotion-render-4-0-527-mem2048mb-disk2048mb-900sec")
            .map(name -> name.timeout().toSeconds()));
  }

  @Test
  void otherNamesTellNothing() {
    assertEquals(Optional.empty(), FunctionName.parse("my-own-name"));
    assertEquals(
        Optional.empty(),
        FunctionName.parse("remotion-render-4-0-527-mem2048mb-disk2048mb-120sec:live"));
  }

  @Test
  void versionsAreComparedByTheirNumbers() {
    assertEquals(
        List.of(4, 0, 527),
        FunctionName.parse("remotion-render-4-0-527-mem1mb-disk1mb-1sec")
            .orElseThrow()
            .versionNumbers());
  }

  @Test
  void logsAreWhereTheOfficialClientSaysForAStill() {
    JsonNode still = Goldens.json("function-answers/still-streamed.response.json");
    RenderHandle render =
        new RenderHandle(
            still.path("renderId").stringValue(), Requests.BUCKET, Requests.FUNCTION, "us-east-1");

    assertEquals(still.path("cloudWatchLogs").stringValue(), RenderLinks.stillLogs(render));
    assertEquals(
        "https://s3.console.aws.amazon.com/s3/buckets/remotionlambda-useast1-localtest01"
            + "?region=us-east-1&prefix=renders/eulmw2m2sx/",
        RenderLinks.folder(render));
  }

  @Test
  void linksOfAMediaRenderLeadToItsLogsAndItsProgress() {
    RenderLinks links =
        RenderLinks.of(new RenderHandle("r1", "bucket", "function", "cn-north-1"), Requests.h264());

    assertEquals(
        "https://cn-north-1.console.amazonaws.cn/s3/object/bucket?region=cn-north-1"
            + "&bucketType=general&prefix=renders/r1/progress.json",
        links.progressFile());
    assertEquals(
        "https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1"
            + "#logsV2:log-groups/log-group/$252Faws$252Flambda$252Ffunction/log-events"
            + "$3FfilterPattern$3D$2522method$253Dlaunch$252CrenderId$253Dr1$2522",
        links.mainLogs());
    assertEquals(links.mainLogs().replace("launch", "renderer"), links.rendererLogs());
  }

  @Test
  void logsOfTheChunksAreThoseOfTheFunctionThatRendersThem() {
    RenderHandle render = new RenderHandle("r1", "bucket", "function", "us-east-1");
    RenderLinks links =
        RenderLinks.of(render, Requests.h264("rendererFunctionName", "other-function"));

    assertEquals(
        links
            .mainLogs()
            .replace("launch", "renderer")
            .replace("$252Ffunction/", "$252Fother-function/"),
        links.rendererLogs());
  }

  @Test
  void outputUrlsFollowTheRegion() {
    assertEquals(
        "https://s3.eu-west-1.amazonaws.com/b/k.mp4",
        RenderLinks.outputUrl("eu-west-1", "b", "k.mp4"));
    assertEquals(
        "https://s3.cn-north-1.amazonaws.com.cn/b/k.mp4",
        RenderLinks.outputUrl("cn-north-1", "b", "k.mp4"));
  }
}
