using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>A database that cannot be written: nothing that was acknowledged is lost, and work goes on when it can be again.</summary>
[Collection(FaultCollection.Name)]
public sealed class DatabaseFaultTests
{
    private const UnixFileMode ReadOnlyFile = UnixFileMode.UserRead;
    private const UnixFileMode ReadOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    // Root may write whatever a file's mode says, unless that right is taken from it.
    private static readonly string[] s_boundByModes = Environment.IsPrivilegedProcess
        ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
        : [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("data/console.db")]
    [InlineData("data")]
    [UnsupportedOSPlatform("windows")]
    public async Task Database_ReadOnly_IsRefusedClearlyAndLeftAsItIs(string name)
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        using SendingPlatform platform = new(1) { Console = await (await scene.StartAsync()).Address };
        await platform.PostAsync(Cancel);
        await StopAsync(scene);
        string path = Path.Combine(scene.Root, name);
        UnixFileMode before = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, Directory.Exists(path) ? ReadOnlyFolder : ReadOnlyFile);

        ConsoleServer refused = scene.Launch(under: s_boundByModes);
        int code = await refused.EndsAsync();
        File.SetUnixFileMode(path, before);

        Assert.Equal(1, code);
        Assert.Contains(scene.Data, refused.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Said, StringComparison.Ordinal);
        platform.Console = await (await scene.StartAsync()).Address;
        await platform.PostAsync(Cancel);
        await AssertWholeAsync(scene, platform);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Database_MadeReadOnlyUnderTheProgram_RefusesWhatCannotBeKeptAndGoesOnWhenItCan()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { Moderators = 4 }, under: s_boundByModes);
        using SendingPlatform platform = new(1) { Console = await server.Address };
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task sending = Task.Run(() => platform.SendAsync(1, 20, enough.Token), Cancel);
        await scene.NotedAsync("decided", 5);

        using (ReadOnlyFiles database = new(scene.Database, scene.Database + "-wal", scene.Database + "-shm"))
        {
            if (database.AreImmutable)
            {
                using HttpResponseMessage answer = await AnswerAsync(platform, HttpStatusCode.InternalServerError);
                Assert.DoesNotContain("SQLite", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
            }

            using HttpClient http = new() { BaseAddress = await server.Address };
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/live", UriKind.Relative), Cancel)).StatusCode);
        }

        int decided = Journal.Read(scene.Journal, "decided").Count;
        (await AnswerAsync(platform, HttpStatusCode.OK)).Dispose();
        await scene.NotedAsync("decided", decided + 5);
        Assert.False(server.HasExited);
        await enough.CancelAsync();
        await sending;
        await AssertWholeAsync(scene, platform, faultsExpected: true);
    }

    [Fact]
    public async Task Database_LockedByAnotherProcessForTenSeconds_KeepsEverybodyWaitingAndLosesNothing()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { Moderators = 4 });
        using SendingPlatform platform = new(1) { Console = await server.Address };
        await platform.PostAsync(Cancel);
        await scene.NotedAsync("decided", 1);
        using HttpClient http = new() { BaseAddress = await server.Address };

        Stopwatch watch = Stopwatch.StartNew();
        Task<string> posted;
        await using (SqliteConnection other = scene.Open())
        await using (SqliteTransaction held = other.BeginTransaction())
        {
            posted = platform.PostAsync(Cancel);
            while (watch.Elapsed < TimeSpan.FromSeconds(10))
            {
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel)).StatusCode);
                await Task.Delay(200, Cancel);
            }

            Assert.False(posted.IsCompleted, "It was acknowledged although it could not be stored.");
        }

        await posted;
        await scene.NotedAsync("decided", 2);
        await AssertWholeAsync(scene, platform);
    }

    [Fact]
    public async Task Disk_FullUnderTheDatabase_RefusesWhatCannotBeKeptAndGoesOnWhenThereIsRoom()
    {
        await using FaultScene scene = await FaultScene.SetAsync(dataOn: 24);
        ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { Moderators = 4 });
        using SendingPlatform platform = new(1) { Console = await server.Address };
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task sending = Task.Run(() => platform.SendAsync(1, 20, enough.Token), Cancel);
        await scene.NotedAsync("decided", 5);

        scene.Disk!.Fill(server, fileBytes: 4_096);
        using (HttpResponseMessage answer = await AnswerAsync(platform, HttpStatusCode.InternalServerError))
        {
            Assert.DoesNotContain("SQLite", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
        }

        using HttpClient http = new() { BaseAddress = await server.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/live", UriKind.Relative), Cancel)).StatusCode);
        int decided = Journal.Read(scene.Journal, "decided").Count;

        scene.Disk.Free(server);
        (await AnswerAsync(platform, HttpStatusCode.OK)).Dispose();
        await scene.NotedAsync("decided", decided + 5);
        Assert.False(server.HasExited);
        await enough.CancelAsync();
        await sending;
        await AssertWholeAsync(scene, platform, faultsExpected: true);
    }

    // What waits in front of the writer when the disk fills may still be answered the other way.
    private static async Task<HttpResponseMessage> AnswerAsync(SendingPlatform platform, HttpStatusCode wanted)
    {
        for (int i = 0; ; i++)
        {
            string id = $"probe-{wanted}-{i}";
            HttpResponseMessage answer = await platform.TryAsync(id, Cancel);
            if (answer.IsSuccessStatusCode)
            {
                platform.Items.TryAdd(id, null);
            }

            if (answer.StatusCode == wanted)
            {
                return answer;
            }

            answer.Dispose();
            Assert.True(i < 500, $"It never answered {wanted}.");
        }
    }

    private static async Task StopAsync(FaultScene scene)
    {
        scene.Server.Terminate();
        Assert.Equal(0, await scene.Server.EndsAsync(TimeSpan.FromSeconds(20)));
    }

    private static async Task AssertWholeAsync(FaultScene scene, SendingPlatform platform, bool faultsExpected = false)
    {
        await StopAsync(scene);
        await scene.StartAsync();
        await Aftermath.SettledAsync(scene);
        await StopAsync(scene);
        Assert.Empty(await new Aftermath(scene, platform) { FaultsExpected = faultsExpected }.ProblemsAsync(scene.Journal));
    }
}
