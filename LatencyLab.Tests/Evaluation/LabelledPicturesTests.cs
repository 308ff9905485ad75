using System.IO.Compression;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Evaluation;

public sealed class LabelledPicturesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnArchive_WithAFolderAClass_IsReadWithItsClasses()
    {
        var path = Path.Combine(_folder, "test.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(Path.Combine(SamplePicture.Folder, "ship.jpg"), "ship/0001.jpg");
            archive.CreateEntryFromFile(Path.Combine(SamplePicture.Folder, "cat.jpg"), "cat/0001.jpg");
            archive.CreateEntry("readme.txt");
        }

        var pictures = LabelledPictures.Find(path, EmbeddedZoo.Default);

        Assert.Equal([3, 8], pictures.Select(picture => picture.ClassIndex));
        Assert.Equal(SamplePicture.Read("cat.jpg"), pictures[0].Read());
    }

    [Fact]
    public void AFolder_WithALabelsFile_IsReadByIt()
    {
        File.WriteAllText(Path.Combine(_folder, "labels.csv"), "file,class_index,label\na.jpg,9,\"truck, big\"\n");
        File.Copy(Path.Combine(SamplePicture.Folder, "truck.jpg"), Path.Combine(_folder, "a.jpg"));

        var picture = Assert.Single(LabelledPictures.Find(_folder, EmbeddedZoo.Default));

        Assert.Equal(9, picture.ClassIndex);
        Assert.NotEmpty(picture.Read());
    }

    [Fact]
    public void AClass_ThatTheModelDoesNotKnow_IsNamed()
    {
        var dragon = Directory.CreateDirectory(Path.Combine(_folder, "dragon")).FullName;
        File.Copy(Path.Combine(SamplePicture.Folder, "cat.jpg"), Path.Combine(dragon, "1.jpg"));

        Assert.Contains("dragon", Assert.Throws<InvalidDataException>(() => LabelledPictures.Find(_folder, EmbeddedZoo.Default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALabel_OutOfRange_IsNamed()
    {
        File.WriteAllText(Path.Combine(_folder, "labels.csv"), "file,class_index\na.jpg,10\n");

        Assert.Contains("a.jpg,10", Assert.Throws<InvalidDataException>(() => LabelledPictures.Find(_folder, EmbeddedZoo.Default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APicture_ThatIsMissing_IsNamed()
    {
        File.WriteAllText(Path.Combine(_folder, "labels.csv"), "file,class_index\nlost.jpg,1\n");

        Assert.Contains("`lost.jpg`", Assert.Throws<InvalidDataException>(() => LabelledPictures.Find(_folder, EmbeddedZoo.Default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("")]
    public void NoPictures_AreReported(string name) =>
        Assert.Throws<InvalidDataException>(() => LabelledPictures.Find(Path.Combine(_folder, name), EmbeddedZoo.Default));
}
