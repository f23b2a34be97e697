using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

public sealed class ImportItemsTests : IAsyncLifetime
{
    // The smallest PNG: one grey pixel.
    private static readonly byte[] s_png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    private readonly List<RefusedRow> _refused = [];
    private readonly List<ImportProgress> _progress = [];
    private TestConsole _console = null!;
    private string _directory = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        await _console.TakesItemsAsync();
        _directory = Directory.CreateDirectory(Path.Combine(_console.DataDirectory, "import")).FullName;
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Csv_WithQuotesAndLineBreaks_IsTakenInRowByRow()
    {
        ImportResult result = await ImportAsync("a.csv", "id,label,words\n1,x,plain\n2,y,\"with, comma and \"\"quotes\"\"\"\n3,z,\"two\nlines\"\n4,z,\u05E9\u05DC\u05D5\u05DD <b>\n");

        Assert.Equal(new ImportResult(ImportOutcome.Finished, 4, 4, 0, 4), result);
        Assert.Equal(
            ["plain", "with, comma and \"quotes\"", "two\nlines", "\u05E9\u05DC\u05D5\u05DD <b>"],
            await _console.ReadAsync(db => db.Set<ItemVersion>().OrderBy(row => row.ItemId).Select(row => row.Text).ToListAsync(Cancel)));
        Assert.All(await _console.ReadAsync(db => db.Set<Case>().ToListAsync(Cancel)), about => Assert.Equal(CaseSource.Import, about.Source));
        Assert.True(await _console.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(row => row.Act == AuditAct.ImportFinished, Cancel)));
    }

    [Fact]
    public async Task Rows_ThatCannotBeTaken_AreNamedByTheirLineAndTheRestIsTaken()
    {
        ImportResult result = await ImportAsync("a.csv", "id,words\n1,good\n,no id\n3,\"two\nlines\"\n4\n5,\"after\"quote\n6,good\n\"7\u0007\",bell\n");

        Assert.Equal((7L, 3L, 4L), (result.Read, result.Accepted, result.Refused));
        Assert.Equal(
            [(3L, "item.id-invalid"), (6L, "row.malformed"), (7L, "row.malformed"), (9L, "item.id-invalid")],
            _refused.OrderBy(row => row.Line).Select(row => (row.Line, row.Code)));
    }

    [Fact]
    public async Task File_OfManyBatches_IsTakenInToTheLastRow()
    {
        string rows = string.Concat(Enumerable.Range(0, 250).Select(place => $"{place},words {place}\n"));

        ImportResult result = await ImportAsync("a.csv", "id,words\n" + rows);

        Assert.Equal(new ImportResult(ImportOutcome.Finished, 250, 250, 0, 250), result);
        Assert.Equal([100, 200, 250], _progress.Select(progress => progress.Accepted));
        Assert.Equal(1, _progress[^1].Done);
    }

    [Fact]
    public async Task SameFile_ImportedTwice_OpensNoCaseTwice()
    {
        await ImportAsync("a.csv", "id,words\n1,one\n2,two\n");
        ImportResult second = await ImportAsync("a.csv", "id,words\n1,one\n2,two\n3,three\n");

        Assert.Equal(new ImportResult(ImportOutcome.Finished, 3, 3, 0, 1), second);
        Assert.Equal(3, await _console.ReadAsync(db => db.Set<Case>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Limit_Given_IsKept() =>
        Assert.Equal(2, (await ImportAsync("a.csv", "id,words\n1,one\n2,two\n3,three\n", limit: 2)).Read);

    [Fact]
    public async Task JsonLines_WithNumbersAndBrokenLines_AreTakenInLineByLine()
    {
        ImportResult result = await ImportAsync("a.jsonl", "{\"id\":1,\"words\":\"one\"}\n\n{broken\n{\"id\":\"2\"}\n{\"id\":\"3\",\"words\":\"three\",\"more\":[1]}\n");

        Assert.Equal((4L, 2L, 2L), (result.Read, result.Accepted, result.Refused));
        Assert.Equal([(3L, "row.malformed"), (4L, "row.malformed")], _refused.Select(row => (row.Line, row.Code)));
    }

    [Fact]
    public async Task MediaColumn_WithAFileBesideTheImport_StoresItWithItsItem()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "images"));
        await File.WriteAllBytesAsync(Path.Combine(_directory, "images", "1.png"), s_png, Cancel);

        ImportResult result = await ImportAsync("a.csv", "id,words,file\n1,look,images/1.png\n2,no picture,\n3,afar,https://cdn.example.net/3.jpg\n", media: "file");

        Assert.Equal(3, result.Accepted);
        var media = await _console.ReadAsync(db => (
            from link in db.Set<ItemMedia>()
            join item in db.Set<ItemVersion>() on link.ItemVersionId equals item.Id
            join row in db.Set<MediaObject>() on link.MediaId equals row.Id
            orderby item.ItemId
            select new { item.ItemId, link.Field, row.SourceUrl, row.Sha256 }).ToListAsync(Cancel));
        Assert.Equal([("1", "images", (string?)null), ("3", "images", "https://cdn.example.net/3.jpg")], media.Select(row => (row.ItemId, row.Field, (string?)row.SourceUrl)));
        Assert.NotNull(media[0].Sha256);
    }

    [Theory]
    [InlineData("missing.png", "media.file-missing")]
    [InlineData("../outside.png", "media.file-missing")]
    [InlineData("/etc/hostname", "media.file-missing")]
    [InlineData("link.png", "media.file-missing")]
    [InlineData("text.png", "media.wrong-type")]
    public async Task MediaColumn_NamingAnythingElse_RefusesTheRow(string name, string code)
    {
        await File.WriteAllBytesAsync(Path.Combine(_console.DataDirectory, "outside.png"), s_png, Cancel);
        await File.WriteAllTextAsync(Path.Combine(_directory, "text.png"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Cancel);
        File.CreateSymbolicLink(Path.Combine(_directory, "link.png"), Path.Combine(_console.DataDirectory, "outside.png"));

        await ImportAsync("a.csv", $"id,words,file\n1,look,{name}\n", media: "file");

        Assert.Equal(new RefusedRow(2, code), Assert.Single(_refused));
    }

    [Fact]
    public async Task Import_OfWhatIsNotThere_SaysWhatIsMissing()
    {
        Assert.Equal(ImportOutcome.UnknownType, (await ImportAsync("a.csv", "id,words\n", type: "nowhere")).Outcome);
        Assert.Equal("words", (await ImportAsync("a.csv", "id,other\n1,x\n")).Column);
        Assert.Equal(ImportOutcome.FileMissing, (await RunAsync(new ImportFile(Path.Combine(_directory, "none.csv"), "it_post", "id", "words"))).Outcome);
        Assert.Equal(new ImportResult(ImportOutcome.Finished), await ImportAsync("b.csv", "id,words\n"));
    }

    [Fact]
    public async Task Csv_WhoseLastQuoteIsNeverClosed_KeepsWhatCameBefore()
    {
        ImportResult result = await ImportAsync("a.csv", "id,words\n1,good\n2,\"never closed\n3,swallowed\n");

        Assert.Equal((1L, 1L), (result.Accepted, result.Refused));
    }

    [Fact]
    public async Task Caller_WithoutThePermission_IsRefused() =>
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _console.Use<ImportItems>().RunAsync(
            Caller.ApiKey(Guid.CreateVersion7(), new HashSet<Permission>()), new ImportFile("x.csv", "it_post", "id", "words"), _ => { }, _ => { }, Cancel));

    private async Task<ImportResult> ImportAsync(string name, string content, string? media = null, long? limit = null, string type = "it_post")
    {
        string path = Path.Combine(_directory, name);
        await File.WriteAllTextAsync(path, content, new UTF8Encoding(false), Cancel);
        return await RunAsync(new ImportFile(path, type, "id", "words", media, limit));
    }

    private Task<ImportResult> RunAsync(ImportFile file) => _console.Use<ImportItems>().RunAsync(Caller.System, file, _progress.Add, _refused.Add, Cancel);
}
