using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;

namespace ModerationConsole.E2E.Support;

/// <summary>
/// A corner of the console that belongs to one test: an item type of its own, routed to a queue of its own, which only its
/// own people work. Tests in different corners do not meet, so they can share one server.
/// </summary>
public sealed class Scene
{
    public const string Password = "an ordinary long password";

    private static int s_count;

    private readonly ConsoleApp _app;
    private readonly HttpClient _platform;

    private Scene(ConsoleApp app, string name, HttpClient platform, CaseQueue queue)
    {
        _app = app;
        Name = name;
        _platform = platform;
        Queue = queue;
    }

    /// <summary>Unique; the item type's id, the action's id and the start of every address.</summary>
    public string Name { get; }

    public CaseQueue Queue { get; }

    /// <summary>E-mail addresses of the people who may work the queue.</summary>
    public IReadOnlyList<string> People { get; private set; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Sets up a corner with so many moderators, a policy on key 1 and an action that it recommends.</summary>
    /// <param name="webhook">Where the action is sent.</param>
    public static async Task<Scene> SetAsync(ConsoleApp app, int moderators = 1, string webhook = "", Action<CaseQueue>? shape = null)
    {
        string name = $"corner{Interlocked.Increment(ref s_count)}";
        CreatedKey key = await app.Services.GetRequiredService<CreateApiKey>().RunAsync(
            Caller.System, new NewApiKey(name, ApiKeys.Platform, TimeProvider.System.GetUtcNow().AddDays(30)), Cancel);
        HttpClient platform = new() { BaseAddress = new Uri(app.Address) };
        platform.DefaultRequestHeaders.Add("X-API-KEY", key.Key);
        CaseQueue queue = new() { Name = name, Slug = name, PolicyRequired = true, ReasonRequired = false, PinnedPolicies = $"pol_{name}" };
        shape?.Invoke(queue);
        Scene scene = new(app, name, platform, queue);
        await scene.WriteAsync(scope => scene.Furnish(scope, webhook));
        List<string> people = [];
        for (int i = 1; i <= moderators; i++)
        {
            people.Add(await scene.PersonAsync($"{name}-{i}@e2e.local", Roles.Moderator));
        }

        scene.People = people;
        return scene;
    }

    /// <summary>Someone with a role, who may work the queue.</summary>
    public async Task<string> PersonAsync(string email, string role, params Permission[] own)
    {
        AddPersonOutcome added = await _app.Services.GetRequiredService<AddPerson>().RunAsync(
            Caller.System, new NewPerson(email, email.Split('@')[0], [role], Password: Password), Cancel);
        Assert.Equal(AddPersonResult.Added, added.Result);
        await WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = Queue.Id, PersonId = added.PersonId });
            scope.Db.AddRange(own.Select(permission => new PersonPermission { PersonId = added.PersonId, Permission = permission }));
            return Task.CompletedTask;
        });
        return email;
    }

    /// <summary>The platform sends a post; returns its id.</summary>
    public async Task<string> PostAsync(string text, string? id = null, string author = "u-1")
    {
        id ??= $"p-{Guid.CreateVersion7():N}";
        using HttpResponseMessage answer = await _platform.PostAsJsonAsync(
            new Uri("/api/v1/items", UriKind.Relative), new { items = new[] { Item(id, text, author) } }, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return id;
    }

    /// <summary>The platform passes on someone's report of a post.</summary>
    public async Task ReportAsync(string id, string text, string reason, string author = "u-1", bool childSafety = false, string reporter = "u-9")
    {
        object report = new
        {
            reporter = new { kind = "user", typeId = "account", id = reporter },
            reportedAt = TimeProvider.System.GetUtcNow(),
            reportedForReason = new { reason, csam = childSafety },
            reportedItem = Item(id, text, author),
        };
        using HttpResponseMessage answer = await _platform.PostAsJsonAsync(new Uri("/api/v1/report", UriKind.Relative), report, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>The platform passes on an authority's order of an hour about a post that it sent; returns the notice's number.</summary>
    public async Task<long> NoticeAsync(string id, string sender = "Authority for media")
    {
        object notice = new
        {
            type = "eu-terrorist-content",
            sender,
            reference = $"AZ {Name}",
            receivedAt = TimeProvider.System.GetUtcNow().AddMinutes(-1),
            scope = "Remove it in all member states",
            explanation = "It calls for an attack",
            items = new[] { new { id, typeId = Name } },
        };
        using HttpResponseMessage answer = await _platform.PostAsJsonAsync(new Uri("/api/v1/notices", UriKind.Relative), notice, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>(Cancel))!["number"]!.GetValue<long>();
    }

    /// <summary>The platform passes on someone's appeal against what was done to a post; returns the status.</summary>
    public async Task<int> AppealAsync(string id, string text, string reason, string author = "u-1")
    {
        object appeal = new
        {
            appealId = $"ap-{id}",
            appealedBy = new { id = author, typeId = "account" },
            appealedAt = TimeProvider.System.GetUtcNow(),
            actionedItem = Item(id, text, author),
            actionsTaken = new[] { $"act_{Name}" },
            appealReason = reason,
        };
        using HttpResponseMessage answer = await _platform.PostAsJsonAsync(new Uri("/api/v1/report/appeal", UriKind.Relative), appeal, Cancel);
        return (int)answer.StatusCode;
    }

    /// <summary>Reads what the console stored.</summary>
    public async Task<T> ReadAsync<T>(Func<ConsoleDbContext, Task<T>> read)
    {
        await using ConsoleDbContext db = await _app.Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(Cancel);
        return await read(db);
    }

    /// <summary>Waits until something is so in the database: what the console does by itself shows on no page.</summary>
    public async Task UntilAsync(Func<ConsoleDbContext, Task<bool>> isSo)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await ReadAsync(isSo))
        {
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>The queue's tasks and how each stands.</summary>
    public Task<List<ReviewTask>> TasksAsync() =>
        ReadAsync(db => db.Set<ReviewTask>().AsNoTracking().Where(task => task.QueueId == Queue.Id).OrderBy(task => task.Number).ToListAsync(Cancel));

    private object Item(string id, string text, string author) =>
        new { id, typeId = Name, data = new { text, author = new { id = author, typeId = "account" } } };

    private async Task Furnish(WriteScope scope, string webhook)
    {
        if (!await scope.Db.Set<ItemType>().AnyAsync(row => row.Id == "account"))
        {
            scope.Db.Add(new ItemType { Id = "account", Name = "Account", Kind = ItemKind.User, Fields = "[]" });
        }

        scope.Db.Add(Queue);
        scope.Db.Add(new ItemType
        {
            Id = Name,
            Name = "Post",
            Fields = ItemSchema.Write([new ItemField("text", FieldType.String), new ItemField("author", FieldType.UserId, Role: FieldRole.Creator)]),
        });
        int first = await scope.Db.Set<RoutingRow>().MinAsync(row => (int?)row.Position) ?? 0;
        scope.Db.Add(new RoutingRow { Position = first - 1, ItemTypeId = Name, QueueId = Queue.Id });
        scope.Db.Add(new ActionDefinition { Id = $"act_{Name}", Name = "Remove the post", CallbackUrl = webhook, ItemTypes = Name });
        scope.Db.Add(new Policy { Id = $"pol_{Name}", Code = "1.1", Name = "Spam", Severity = Severity.Medium, RecommendedActions = $"act_{Name}" });
        scope.Db.Add(new PolicyVersion { PolicyId = $"pol_{Name}", Number = 1, Code = "1.1", Name = "Spam", Text = "No spam.", Severity = Severity.Medium, RecommendedActions = $"act_{Name}", EffectiveFrom = scope.Now });
    }

    /// <summary>Changes what the console stored: to arrange what no use case makes.</summary>
    public async Task WriteAsync(Func<WriteScope, Task> write) =>
        await _app.Services.GetRequiredService<WritePath>().RunAsync(
            async (scope, _) =>
            {
                await write(scope);
                return true;
            },
            Cancel);
}
