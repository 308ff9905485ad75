using System.Text.Json;

namespace LatencyLab.Inference.Remote;

/// <summary>The protocol's JSON tensors: numbers in row-major order, in one flat array or in nested ones.</summary>
public static class JsonTensor
{
    /// <summary>Copies the numbers, whatever their nesting.</summary>
    /// <param name="data">The element <c>data</c> of a tensor.</param>
    /// <param name="numbers">Receives them; as many as the shape says.</param>
    /// <returns>Whether these were exactly as many numbers as there is room for.</returns>
    public static bool TryRead(JsonElement data, Span<float> numbers) => Read(data, numbers, 0) == numbers.Length;

    /// <summary>Whether an element is a tensor's shape that is the expected one.</summary>
    /// <param name="shape">The element <c>shape</c> of a tensor.</param>
    /// <param name="expected">Lengths of the axes.</param>
    /// <param name="variable">Whether -1 stands for any length, as in metadata.</param>
    public static bool HasShape(JsonElement shape, ReadOnlySpan<int> expected, bool variable = false)
    {
        if (shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() != expected.Length)
        {
            return false;
        }
        for (var axis = 0; axis < expected.Length; axis++)
        {
            if (shape[axis].ValueKind != JsonValueKind.Number
                || !shape[axis].TryGetInt64(out var length)
                || !(length == expected[axis] || (variable && length == -1)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Numbers read so far, or -1 where the data cannot be the tensor.</summary>
    private static int Read(JsonElement data, Span<float> numbers, int count)
    {
        if (data.ValueKind == JsonValueKind.Number)
        {
            if (count == numbers.Length || !data.TryGetSingle(out var number))
            {
                return -1;
            }
            numbers[count] = number;
            return count + 1;
        }
        if (data.ValueKind != JsonValueKind.Array)
        {
            return -1;
        }
        foreach (var inner in data.EnumerateArray())
        {
            count = Read(inner, numbers, count);
            if (count < 0)
            {
                return -1;
            }
        }
        return count;
    }
}
