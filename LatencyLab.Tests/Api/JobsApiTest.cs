using System.Net.Http.Headers;
using System.Text.Json;

namespace LatencyLab.Tests.Api;

/// <summary>What tests of jobs over the API share.</summary>
public abstract class JobsApiTest(WebApp app)
{
    protected WebApp App { get; } = app;

    protected HttpClient Client { get; } = app.CreateClient();

    protected static MultipartFormDataContent Form((string Name, string Value) field, params byte[][] pictures)
    {
        var form = new MultipartFormDataContent { { new StringContent(field.Value), field.Name } };
        for (var i = 0; i < pictures.Length; i++)
        {
            var content = new ByteArrayContent(pictures[i]);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(content, "image", $"{i}.jpg");
        }
        return form;
    }

    protected async Task<JsonElement> EndOfAsync(Uri job)
    {
        for (var attempt = 0; ; attempt++)
        {
            var status = await ReadAsync(await Client.GetAsync(job));
            if (status.GetProperty("state").GetString() is not ("queued" or "running"))
            {
                return status;
            }
            Assert.True(attempt < 600, "The job did not end: " + status);
            await Task.Delay(200);
        }
    }

    protected static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    protected static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string type, string named)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{answer.StatusCode}: {body}");
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
