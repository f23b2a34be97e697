using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Integration.Data;

/// <summary>Keys and the like: made once, whole, for the console's own account.</summary>
public sealed class PrivateFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("private-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Keep_ByManyAtOnce_GivesAllTheSameAndLeavesNothingBeside()
    {
        string path = Path.Combine(_folder, "keys", "secret");
        using Barrier start = new(8);

        string[] read = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return PrivateFiles.Keep(path, () => $"secret {number}");
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Single(read.Distinct());
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal(read[0], PrivateFiles.Keep(path, () => "another"));
    }

    [Fact]
    public void Keep_MakingAFile_LetsOnlyItsOwnerRead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights of files are another matter there.");
        string path = Path.Combine(_folder, "keys", "secret");

        PrivateFiles.Keep(path, () => "secret");

#pragma warning disable CA1416 // skipped there
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
#pragma warning restore CA1416
    }

    [Fact]
    public void Keep_WhereTheSecretCannotBeMade_LeavesNothing()
    {
        string path = Path.Combine(_folder, "secret");

        Assert.Throws<InvalidOperationException>(() => PrivateFiles.Keep(path, () => throw new InvalidOperationException()));

        Assert.Empty(Directory.GetFiles(_folder));
    }
}
