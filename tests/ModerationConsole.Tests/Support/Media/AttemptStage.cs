using System.Net;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>A moderator with a case on the screen, and everything with which someone could try to see more of it than the blurred still.</summary>
internal sealed class AttemptStage : IDisposable
{
    private readonly List<Visitor> _visitors = [];

    private AttemptStage(WebConsole console) => Console = console;

    public WebConsole Console { get; }

    public Visitor Moderator { get; private set; } = null!;

    public Guid PersonId { get; private set; }

    public MediaCase Scene { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<AttemptStage> SetAsync(WebConsole console)
    {
        AttemptStage stage = new(console);
        (stage.Moderator, stage.PersonId) = await stage.SomeoneAsync(Roles.Moderator);
        stage.Scene = await MediaCase.OnScreenAsync(console.Services, stage.PersonId);
        return stage;
    }

    /// <summary>Someone else who signs in.</summary>
    public async Task<(Visitor Visitor, Guid Id)> SomeoneAsync(string role)
    {
        (Visitor visitor, Guid id) = await Visitor.SignedInAsync(Console, role);
        _visitors.Add(visitor);
        return (visitor, id);
    }

    /// <summary>The moderator is granted a step.</summary>
    public Task<Guid> RevealAsync(MediaStep step = MediaStep.GreyStill) => Scene.RevealAsync(PersonId, step);

    /// <summary>The moderator is granted a step, to be looked at by its tiles.</summary>
    public Task<Guid> RevealTilesAsync() => Scene.RevealAsync(PersonId, byRegion: true);

    public string Path(string step, string query = "") => $"/media/{Scene.MediaId}/{step}{query}";

    public string Path(int step, Guid reveal) => $"/media/{Scene.MediaId}/{step}?reveal={reveal}";

    public Task<HttpResponseMessage> GetAsync(string step, string query = "") => SendAsync(HttpMethod.Get, Path(step, query));

    public Task<HttpResponseMessage> GetAsync(int step, Guid reveal) => SendAsync(HttpMethod.Get, Path(step, reveal));

    /// <summary>Sends a request as the moderator, or as someone else.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Visitor? who = null, params (string Name, string Value)[] headers)
    {
        // As it is written: what a client would tidy up is what is tried here.
        Uri address = new(new Uri(Console.Client.BaseAddress!.ToString()).GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using HttpRequestMessage request = new(method, address);
        foreach ((string name, string value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await (who ?? Moderator).Client.SendAsync(request, Cancel);
    }

    /// <summary>A reveal as no use case would write it.</summary>
    public async Task<Guid> ForgeAsync(MediaStep step = MediaStep.GreyStill, DrawnTask? task = null, TimeSpan? age = null, Guid? person = null, string? sha256 = null, bool byReason = false, string filters = "{}")
    {
        MediaReveal reveal = null!;
        await Scene.WriteAsync(scope =>
        {
            DateTimeOffset at = scope.Now - (age ?? TimeSpan.Zero);
            reveal = new MediaReveal
            {
                MediaId = Scene.MediaId,
                Sha256 = sha256 ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Scene.Original)),
                Step = step,
                PersonId = person ?? PersonId,
                CaseNumber = Scene.Case.Number,
                TaskNumber = byReason ? null : (task ?? Scene.Drawn).Number,
                Fencing = byReason ? null : (task ?? Scene.Drawn).Fence,
                Reason = byReason ? "A reason" : null,
                Filters = filters,
                RevealedAt = at,
                ExpiresAt = at + RevealMedia.LongestByReason,
            };
            scope.Db.Add(reveal);
            return Task.CompletedTask;
        });
        return reveal.Id;
    }

    public T Use<T>()
        where T : class, IUseCase => Console.Use<T>();

    public void Dispose()
    {
        foreach (Visitor visitor in _visitors)
        {
            visitor.Dispose();
        }
    }
}

/// <summary>One way in which someone tries.</summary>
/// <param name="Do">Tries, and returns the answer.</param>
/// <param name="Recorded">Why it was refused, as the audit must say; null for what never reaches the media.</param>
internal sealed record Attempt(string Name, Func<AttemptStage, Task<HttpResponseMessage>> Do, HttpStatusCode Expected, MediaGateOutcome? Recorded);
