using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public class OpenInferenceTests(WebApp web) : IClassFixture<WebApp>
{
    private const int Numbers = 3 * 32 * 32;
    private const string Infer = "v2/models/cifar10_resnet9/infer";

    private static readonly float[] Tensor = [.. Enumerable.Range(0, Numbers).Select(index => MathF.Sin(index))];

    private readonly HttpClient _http = web.CreateClient();

    [Theory]
    [InlineData("v2/health/live", """{"live":true}""")]
    [InlineData("v2/health/ready", """{"ready":true}""")]
    [InlineData("v2/models/cifar10_resnet9/ready", """{"name":"cifar10_resnet9","ready":true}""")]
    [InlineData("v2/models/cifar10_resnet9/versions/control/ready", """{"name":"cifar10_resnet9","ready":true}""")]
    public async Task Health_Ready_SaysSo(string path, string expected) => Assert.Equal(expected, await _http.GetStringAsync(path));

    [Fact]
    public async Task Server_Metadata_NameTheBinaryExtension()
    {
        var server = await _http.GetFromJsonAsync<JsonNode>("v2");

        Assert.Equal("latencylab", (string?)server!["name"]);
        Assert.Equal("""["binary_tensor_data"]""", server["extensions"]!.ToJsonString());
    }

    [Fact]
    public async Task Model_Metadata_DescribeItsTensorsAndListTheVariants()
    {
        var model = await _http.GetFromJsonAsync<JsonNode>("v2/models/cifar10_resnet9");

        Assert.Equal("""["control","engine","int8"]""", model!["versions"]!.ToJsonString());
        Assert.Equal("""[{"name":"input","datatype":"FP32","shape":[1,3,32,32]}]""", model["inputs"]!.ToJsonString());
        Assert.Equal("""[{"name":"logits","datatype":"FP32","shape":[1,10]}]""", model["outputs"]!.ToJsonString());
    }

    [Theory]
    [InlineData("v2/models/cifar10_resnet9/infer", "engine")]
    [InlineData("v2/models/cifar10_resnet9/versions/control/infer", "control")]
    public async Task Infer_Json_AnswersWithTheVariantsOwnLogits(string path, string version)
    {
        var answer = await PostAsync(path, Json($"[{string.Join(',', Tensor.Select(Text))}]"), HttpStatusCode.OK);

        Assert.Equal("cifar10_resnet9", (string?)answer["model_name"]);
        Assert.Equal(version, (string?)answer["model_version"]);
        Assert.Equal("mine", (string?)answer["id"]);
        Assert.True((double?)answer["parameters"]!["inference_ms"] > 0);
        Assert.Equal("[1,10]", answer["outputs"]![0]!["shape"]!.ToJsonString());
        Assert.Equal(Expected(version), answer["outputs"]![0]!["data"]!.AsArray().Select(number => (float)number!));
    }

    [Fact]
    public async Task Infer_NestedJson_AnswersLikeFlat()
    {
        var rows = Tensor.Chunk(32).Select(row => $"[{string.Join(',', row.Select(Text))}]");
        var channels = rows.Chunk(32).Select(channel => $"[{string.Join(',', channel)}]");

        var answer = await PostAsync(Infer, Json($"[[{string.Join(',', channels)}]]"), HttpStatusCode.OK);

        Assert.Equal(Expected("engine"), answer["outputs"]![0]!["data"]!.AsArray().Select(number => (float)number!));
    }

    [Theory]
    [InlineData(""" "outputs":[{"name":"logits","parameters":{"binary_data":true}}] """)]
    [InlineData(""" "parameters":{"binary_data_output":true} """)]
    public async Task Infer_Binary_AnswersWithRawNumbersBehindTheJson(string wanted)
    {
        using var content = Binary(BinaryHeader(Numbers * 4, wanted), Tensor);
        using var response = await _http.PostAsync(Infer, content);
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        var length = int.Parse(response.Headers.GetValues("Inference-Header-Content-Length").Single(), CultureInfo.InvariantCulture);
        Assert.Equal(40, (int?)JsonNode.Parse(body.AsSpan(0, length))!["outputs"]![0]!["parameters"]!["binary_data_size"]);
        Assert.Equal(Expected("engine"), MemoryMarshal.Cast<byte, float>(body.AsSpan(length)).ToArray());
    }

    [Theory]
    [InlineData("{", "not the protocol's JSON")]
    [InlineData("[]", "not the protocol's JSON")]
    [InlineData("""{"inputs":[]}""", "one input, `input`")]
    [InlineData("""{"inputs":[{"name":"input","shape":[2,3,32,32],"datatype":"FP32","data":[1]}]}""", "Send one picture at a time.")]
    [InlineData("""{"inputs":[{"name":"input","shape":[1,3,32,32],"datatype":"UINT8","data":[1]}]}""", "is FP32, not UINT8")]
    [InlineData("""{"inputs":[{"name":"input","shape":[1,3,32,32],"datatype":"FP32","data":[1,2]}]}""", "exactly 3072 numbers")]
    [InlineData("""{"inputs":[{"name":"input","shape":[1,3,32,32],"datatype":"FP32","parameters":{"binary_data_size":12288}}]}""", "12288 are announced and 0 are there")]
    public async Task Infer_BadRequest_SaysWhatIsWrong(string request, string problem)
    {
        var answer = await PostAsync(Infer, new StringContent(request, Encoding.UTF8, "application/json"), HttpStatusCode.BadRequest);

        Assert.Contains(problem, (string?)answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_TruncatedTensor_SaysHowManyBytesAreMissing()
    {
        var answer = await PostAsync(Infer, Binary(BinaryHeader(Numbers * 4), Tensor[..^1]), HttpStatusCode.BadRequest);

        Assert.Contains("must have 12288 bytes behind the JSON; 12288 are announced and 12284 are there", (string?)answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_NotANumber_IsRefused()
    {
        var answer = await PostAsync(Infer, Binary(BinaryHeader(Numbers * 4), [float.NaN, .. Tensor[1..]]), HttpStatusCode.BadRequest);

        Assert.Contains("not finite", (string?)answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_FarTooMuch_IsRefusedUnread()
    {
        var answer = await PostAsync(Infer, new ByteArrayContent(new byte[1_000_000]), HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("one picture at a time", (string?)answer["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v2/models/nope", "no model `nope`")]
    [InlineData("v2/models/nope/ready", "no model `nope`")]
    [InlineData("v2/models/cifar10_resnet9/versions/7", "no variant `7`")]
    public async Task Model_Unknown_IsNotFoundByName(string path, string problem)
    {
        using var response = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(problem, (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["error"], StringComparison.Ordinal);
    }

    private static string Text(float number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static StringContent Json(string data) => new(
        $$"""{"id":"mine","inputs":[{"name":"input","shape":[1,3,32,32],"datatype":"FP32","data":{{data}}}]}""", Encoding.UTF8, "application/json");

    private static string BinaryHeader(int sizeBytes, string more = "\"id\":\"mine\"") =>
        $$$"""{"inputs":[{"name":"input","shape":[1,3,32,32],"datatype":"FP32","parameters":{"binary_data_size":{{{sizeBytes}}}}}],{{{more}}}}""";

    private static ByteArrayContent Binary(string header, float[] tensor)
    {
        var content = new ByteArrayContent([.. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(tensor.AsSpan())]);
        content.Headers.Add("Inference-Header-Content-Length", header.Length.ToString(CultureInfo.InvariantCulture));
        return content;
    }

    private float[] Expected(string version)
    {
        var logits = new float[10];
        web.Services.GetRequiredService<VariantRegistry>().Entries("cifar10_resnet9", [version])[0].Variant!.Infer(Tensor, logits);
        return logits;
    }

    private async Task<JsonNode> PostAsync(string path, HttpContent content, HttpStatusCode expected)
    {
        using (content)
        {
            using var response = await _http.PostAsync(path, content);
            Assert.Equal(expected, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        }
    }
}
