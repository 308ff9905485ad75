using System.Runtime.ExceptionServices;

namespace LatencyLab.Inference.Runtime;

/// <summary>
/// Runs native code on a thread of its own that ends with it. ONNX Runtime sets the processor's flush-to-zero mode on the thread that
/// creates the first session, and never resets it: managed code would go on there with wrong results, for vectorized searches carry
/// small integers in floating-point registers.
/// </summary>
internal static class ForeignThread
{
    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
