using LatencyLab.Inference.Evaluation;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Evaluation;

public class LabelledArchiveTests
{
    private static readonly LabelledArchiveLimits Limits = new(Pictures: 20, PictureBytes: 1_000_000, TotalBytes: 2_000_000);

    private static readonly byte[] Cat = SamplePicture.Read("cat.jpg");

    [Fact]
    public void Pictures_OfAnArchive_AreReadWithTheirClassesFromSeveralThreads()
    {
        using var archive = Open(LabelledZip.OfSamples());

        Assert.Equal([0, 1, 2, 3, 6, 7, 8, 9], archive.Pictures.Select(picture => picture.ClassIndex));
        Parallel.For(0, 200, index =>
        {
            var picture = archive.Pictures[index % archive.Pictures.Count];
            var sample = picture.Name.Split('/')[0] is "automobile" ? "car" : picture.Name.Split('/')[0];
            Assert.Equal(SamplePicture.Read($"{sample}.jpg"), picture.Read());
        });
    }

    [Fact]
    public void WhatADesktopLeavesBehind_IsNoPicture()
    {
        using var archive = Open(LabelledZip.Of(("cat/1.jpg", Cat), ("__MACOSX/cat/._1.jpg", [0, 5, 22, 7]), ("cat/Thumbs.db", [1])));

        Assert.Equal("cat/1.jpg", Assert.Single(archive.Pictures).Name);
    }

    [Fact]
    public void WindowsSeparators_AreUnderstood()
    {
        using var archive = Open(LabelledZip.Of(("val\\cat\\1.jpg", Cat)));

        Assert.Equal(3, Assert.Single(archive.Pictures).ClassIndex);
    }

    [Theory]
    [InlineData("../cat/1.jpg", "leads out of the archive")]
    [InlineData("/cat/1.jpg", "leads out of the archive")]
    [InlineData("C:/cat/1.jpg", "leads out of the archive")]
    [InlineData("cat\\..\\..\\1.jpg", "leads out of the archive")]
    [InlineData("dragon/1.jpg", "the folder `dragon`")]
    [InlineData("1.jpg", "the folder ``")]
    [InlineData("cat/1.txt", "no pictures found. Expected one folder a class")]
    [InlineData("inner.zip", "an archive within")]
    public void AName_ThatMakesNoSense_IsRefused(string name, string expected) => AssertRefused(LabelledZip.Of((name, Cat)), expected);

    [Fact]
    public void AFile_ThatIsNoArchive_IsRefused()
    {
        AssertRefused("I am a text."u8.ToArray(), "no zip archive");
        AssertRefused(LabelledZip.OfSamples()[..^100], "no zip archive");
    }

    [Fact]
    public void ABomb_ThatStatesItsSize_IsRefusedBeforeAnythingIsUnpacked()
    {
        AssertRefused(LabelledZip.Of(("cat/1.jpg", new byte[1_000_001])), "larger than a picture may be, 1 MB");
        AssertRefused(
            LabelledZip.Of([.. Enumerable.Range(0, 3).Select(index => ($"cat/{index}.jpg", new byte[900_000]))]), "larger than 2 MB");
    }

    [Fact]
    public void ABomb_ThatStatesASmallSize_IsNotUnpackedBeyondThat()
    {
        using var archive = Open(LabelledZip.WithStatedSize(bytes: 50_000_000, stated: 100));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(100, archive.Pictures[0].Read().Length);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void APicture_ThatIsCutOff_IsNamed()
    {
        using var archive = Open(LabelledZip.WithStatedSize(bytes: 100, stated: 5_000));

        var refusal = Assert.Throws<InvalidDataException>(() => archive.Pictures[0].Read());

        Assert.Contains("val.zip: cat/0001.jpg cannot be unpacked", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooManyFiles_AreRefused() =>
        AssertRefused(LabelledZip.Of([.. Enumerable.Range(0, 21).Select(index => ($"cat/{index}.txt", Array.Empty<byte>()))]), "more than 20 files");

    [Fact]
    public void AnArchive_Refused_IsClosed()
    {
        var stream = new MemoryStream("I am a text."u8.ToArray());

        Assert.Throws<InvalidDataException>(() => LabelledArchive.Open(stream, "val.zip", EmbeddedZoo.Default, Limits));

        Assert.False(stream.CanRead);
    }

    private static LabelledArchive Open(byte[] archive) => LabelledArchive.Open(new MemoryStream(archive), "val.zip", EmbeddedZoo.Default, Limits);

    private static void AssertRefused(byte[] archive, string expected)
    {
        var message = Assert.Throws<InvalidDataException>(() => Open(archive)).Message;
        Assert.StartsWith("val.zip", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
