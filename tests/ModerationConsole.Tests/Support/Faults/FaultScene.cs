using Microsoft.Data.Sqlite;
using ModerationConsole.Core.Data;
using ModerationConsole.Tests.Integration.Enforcement;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>
/// A console that runs as a process of its own over data of its own, with what stands around it: a platform that posts and is
/// told, and a host of media. The process may be killed and started again; the rest stays.
/// </summary>
internal sealed class FaultScene : IAsyncDisposable
{
    /// <summary>How many moderators there are.</summary>
    public const int People = 64;

    /// <summary>What their names begin with.</summary>
    public const string PersonName = "Simulated";

    public const string PolicyId = "pol_fault";
    public const string ActionId = "act_fault";

    private readonly List<ConsoleServer> _servers = [];

    private FaultScene(string root, WebhookReceiver receiver, SceneDatabase? database = null)
    {
        (Root, Receiver) = (root, receiver);
        Store = database ?? new SceneFile(Database);
        foreach ((string name, string value) in Store.Settings)
        {
            Settings[name] = value;
        }
    }

    /// <summary>Folder of the scene; the data lies in <c>data</c> below it.</summary>
    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Database => Path.Combine(Data, "console.db");

    /// <summary>Where the moderators inside note what was acknowledged.</summary>
    public string Journal => Path.Combine(Root, "journal");

    /// <summary>The database, past the program.</summary>
    public SceneDatabase Store { get; }

    /// <summary>The key that the platform uses.</summary>
    public string ApiKey { get; private set; } = "";

    public WebhookReceiver Receiver { get; }

    public MediaHost Media { get; } = new();

    /// <summary>The disk that the data lies on, if it is one of its own.</summary>
    public FullDisk? Disk { get; private set; }

    /// <summary>Settings of every start: short windows, so that a test sees them pass.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        ["Lease:Seconds"] = "5",
        ["Lease:HeartbeatSeconds"] = "1",
        ["Lease:GraceSeconds"] = "2",
        ["Enforcement:UndoSeconds"] = "1",
        ["Media:FetchTimeoutSeconds"] = "2",
        ["Media:RenderTimeoutSeconds"] = "3",
    };

    /// <summary>The process that was started last.</summary>
    public ConsoleServer Server => _servers[^1];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Sets it up; nothing runs yet.</summary>
    /// <param name="dataOn">Megabytes of a disk of its own for the data, which <see cref="Disk"/> fills; none where null.</param>
    public static async Task<FaultScene> SetAsync(int? dataOn = null)
    {
        string root = Directory.CreateTempSubdirectory("fault-").FullName;
        FaultScene scene = new(root, await WebhookReceiver.StartAsync());
        scene.Disk = dataOn is { } megabytes ? FullDisk.On(scene.Data, megabytes) : null;
        await FaultTemplate.CopyToAsync(scene.Data);
        scene.ApiKey = FaultTemplate.ApiKey;
        scene.KnowsItsSurroundings();
        return scene;
    }

    /// <summary>Sets it up on a server that several nodes can share; nothing runs yet.</summary>
    public static async Task<FaultScene> SetAsync(PostgresServer server)
    {
        SceneServer database = new(await server.DatabaseAsync());
        FaultScene scene = new(Directory.CreateTempSubdirectory("fault-").FullName, await WebhookReceiver.StartAsync(), database);
        Directory.CreateDirectory(scene.Data);
        scene.ApiKey = await FaultTemplate.FurnishAsync(scene.Data, database.Settings);
        scene.KnowsItsSurroundings();
        return scene;
    }

    /// <summary>Puts the store of media on a disk of its own, which <see cref="Disk"/> fills.</summary>
    public void KeepMediaApart(int megabytes) => Disk = FullDisk.On(Path.Combine(Data, "media"), megabytes);

    /// <summary>Starts the program and waits until it listens.</summary>
    public async Task<ConsoleServer> StartAsync(Load? inside = null, Dictionary<string, string>? with = null, IReadOnlyList<string>? under = null)
    {
        ConsoleServer server = Launch(inside, with, under);
        await server.ListensAsync();
        return server;
    }

    /// <summary>Starts the program and does not wait.</summary>
    public ConsoleServer Launch(Load? inside = null, Dictionary<string, string>? with = null, IReadOnlyList<string>? under = null)
    {
        ConsoleServer server = ConsoleServer.Launch(new ServerPlan(Root) { Settings = Settings, With = with ?? [], Under = under ?? Disk?.Under ?? [], Inside = inside });
        lock (_servers)
        {
            _servers.Add(server);
        }

        return server;
    }

    /// <summary>Reads what is stored, whether the program runs or not.</summary>
    public async Task<T> ReadAsync<T>(Func<ConsoleDbContext, Task<T>> read)
    {
        await using ConsoleDbContext db = Store.Open();
        return await read(db);
    }

    /// <summary>Waits until something is so in the database.</summary>
    public async Task UntilAsync(string what, Func<ConsoleDbContext, Task<bool>> isSo, int seconds = 60)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(seconds));
        while (!await ReadAsync(isSo))
        {
            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"It never came to this in {seconds} s: {what}.\n{(_servers.Count > 0 ? Server.Said : "")}");
            }

            await Task.Delay(100, Cancel);
        }
    }

    /// <summary>Waits until moderators have noted an act so often.</summary>
    public async Task NotedAsync(string act, int times, int seconds = 60)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(seconds));
        while (Faults.Journal.Read(Journal, act).Count < times)
        {
            if (patience.IsCancellationRequested)
            {
                string faults = string.Join('\n', Faults.Journal.Read(Journal, "fault").Select(words => string.Join(' ', words)).Distinct().Take(5));
                Assert.Fail($"Moderators noted '{act}' {Faults.Journal.Read(Journal, act).Count} times in {seconds} s, not {times}.\n{faults}\n{Server.Said}");
            }

            await Task.Delay(20, Cancel);
        }
    }

    /// <summary>Asks the database one thing, in words of SQL.</summary>
    public object? Ask(string sql) => Store.Ask(sql);

    /// <summary>A connection of a process other than the program's.</summary>
    public SqliteConnection Open() => ((SceneFile)Store).Connect();

    public async ValueTask DisposeAsync()
    {
        foreach (ConsoleServer server in _servers)
        {
            await server.DisposeAsync();
        }

        await Receiver.DisposeAsync();
        await Media.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Disk?.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private void KnowsItsSurroundings()
    {
        Ask(Store is SceneFile
            ? $"UPDATE action_definition SET CallbackUrl = '{Receiver.Address}'"
            : $"""UPDATE action_definition SET "CallbackUrl" = '{Receiver.Address}'""");
        Settings["Webhooks:AllowedHosts:0"] = Receiver.Host;
        Settings["Media:AllowedHosts:0"] = Media.Name;
    }
}
