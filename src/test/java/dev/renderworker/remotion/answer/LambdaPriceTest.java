package dev.renderworker.remotion.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LambdaPriceTest {

  @Test
  void checkValueOfTheProtocolComesOut() {
    BigDecimal cost = LambdaPrice.in("us-east-1").orElseThrow().of(2048, 20_000, 1);

    assertEquals(new BigDecimal("0.00054"), cost.setScale(5, RoundingMode.HALF_UP));
  }

  @Test
  void everyRegionOfRemotionHasAPrice() {
    List<String> regions =
        List.of(
            "eu-central-1",
            "eu-central-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "eu-south-1",
            "eu-north-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
            "af-south-1",
            "ap-south-1",
            "ap-east-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ca-central-1",
            "sa-east-1",
            "cn-north-1",
            "cn-northwest-1");

    assertEquals(List.of(), regions.stream().filter(r -> LambdaPrice.in(r).isEmpty()).toList());
    assertEquals(Optional.empty(), LambdaPrice.in("moon-1"));
  }
}
