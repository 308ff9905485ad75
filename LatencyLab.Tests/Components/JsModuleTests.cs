using LatencyLab.Web.Components.Interop;
using Microsoft.JSInterop;

namespace LatencyLab.Tests.Components;

public class JsModuleTests
{
    private readonly PendingRuntime _js = new();

    [Fact]
    public async Task AComponent_ThatGoesWhileItsModuleLoads_NeitherFailsNorAttaches()
    {
        var module = new MonitorModule(_js);
        var attaching = module.AttachAsync(default, 60);

        await module.DisposeAsync();
        _js.Module.SetResult(_js.Script);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attaching);
        Assert.True(attaching.IsCanceled, "Blazor ends the circuit for any other failure.");
        Assert.Empty(_js.Script.Calls);
        Assert.True(_js.Script.IsDisposed);
    }

    [Fact]
    public async Task AComponent_ThatGoesWhileItsObjectIsCreated_LetsGoOfIt()
    {
        _js.Module.SetResult(_js.Script);
        var module = new MonitorModule(_js);
        var attaching = module.AttachAsync(default, 60);

        await module.DisposeAsync();
        var created = new Script();
        _js.Script.Object.SetResult(created);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attaching);
        Assert.Equal(["attach"], _js.Script.Calls);
        Assert.Equal(["dispose"], created.Calls);
        Assert.True(created.IsDisposed);
    }

    [Theory]
    [InlineData("The element is gone.\nError: The element is gone.\n    at required", true)]
    [InlineData("Cannot read properties of null", false)]
    public async Task AnElement_ThatLeftThePageFirst_IsNoFailure(string message, bool isCancelled)
    {
        _js.Module.SetResult(_js.Script);
        _js.Script.Object.SetException(new JSException(message));

        var attaching = new MonitorModule(_js).AttachAsync(default, 60);

        await Assert.ThrowsAnyAsync<Exception>(() => attaching);
        Assert.Equal(isCancelled, attaching.IsCanceled);
    }

    [Fact]
    public void Scripts_ThatCreateForAnElement_AskWhetherItIsThere()
    {
        Assert.Contains("'The element is gone.'", File.ReadAllText(Repository.PathOf("wwwroot-assets/js/element.js")), StringComparison.Ordinal);
        Assert.All(["upload", "form", "monitor", "live", "apexcharts"], script => Assert.Contains(
            "required(", File.ReadAllText(Repository.PathOf($"wwwroot-assets/js/{script}.js")), StringComparison.Ordinal));
    }

    [Fact]
    public async Task AModule_ThatIsGone_IsNotLoadedAnew()
    {
        var module = new AddressModule(_js);
        await module.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => module.ReplaceAsync("/"));
        Assert.Equal(0, _js.Imports);
    }

    private sealed class PendingRuntime : IJSRuntime
    {
        public TaskCompletionSource<Script> Module { get; } = new();

        public Script Script { get; } = new();

        public int Imports { get; private set; }

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Imports++;
            return (TValue)(object)await Module.Task;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
    }

    private sealed class Script : IJSObjectReference
    {
        public TaskCompletionSource<Script> Object { get; } = new();

        public List<string> Calls { get; } = [];

        public bool IsDisposed { get; private set; }

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Calls.Add(identifier);
            return typeof(TValue) == typeof(IJSObjectReference) ? (TValue)(object)await Object.Task : default!;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
