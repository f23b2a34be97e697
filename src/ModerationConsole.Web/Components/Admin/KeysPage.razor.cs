using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Keys of programs. A key is shown when it is made, and never again.</summary>
public sealed partial class KeysPage
{
    private static readonly KeyValuePair<string, string>[] s_scopes =
        [.. ApiKeys.Grantable.Select(permission => KeyValuePair.Create(permission.ToString(), PermissionWords.Of(permission)))];

    private IReadOnlyList<KeyLine>? _keys;
    private FormState<KeyForm> _form = null!;
    private string? _made;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [Inject]
    public required ListApiKeys ListApiKeys { get; init; }

    [Inject]
    public required CreateApiKey CreateApiKey { get; init; }

    [Inject]
    public required RevokeApiKey RevokeApiKey { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<KeysPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Begin();
        await ReadAsync();
    }

    private void Begin() => _form = new FormState<KeyForm>(new KeyForm { Scopes = [.. ApiKeys.Platform.Select(permission => permission.ToString())] }, Log);

    private async Task ReadAsync() => _keys = await ListApiKeys.RunAsync(await Current.GetAsync(), CancellationToken.None);

    private async Task MakeAsync()
    {
        if (!await _form.SaveAsync(CreateAsync))
        {
            return;
        }

        Begin();
        await ReadAsync();
        Status.Say(AdminText.KeyMade);
    }

    private async Task CreateAsync()
    {
        KeyForm model = _form.Model;
        _form.Problems.AnyBlank(("key-name", model.Name, SharedText.NameInvalid));
        _form.Problems.Unless(model.Scopes.Count > 0, "key-scopes", AdminText.ScopesInvalid);
        DateTimeOffset? end = model.End.Read(_form.Problems, "key-end", Moment);
        int? rate = model.Limits.ReadRate(_form.Problems, "key");
        if (_form.Problems.Any)
        {
            return;
        }

        NewApiKey wish = new(model.Name, [.. model.Scopes.Select(Enum.Parse<Permission>)], end, rate, model.Limits.Networks);
        CreatedKey created = await Proof.WithAsync(
            async () => await CreateApiKey.RunAsync(await Current.GetAsync(), wish, CancellationToken.None),
            created => created.Outcome == CreateKeyOutcome.ProveFirst);
        _made = created.Outcome == CreateKeyOutcome.Created ? created.Key : _made;
        if (KeyWords.Problem(created.Outcome) is var (field, message))
        {
            _form.Problems.Add(field, message);
        }
    }

    private KeyLine? SuccessorOf(KeyLine key) => key.SuccessorId is { } id ? _keys?.FirstOrDefault(other => other.Id == id) : null;

    // It cannot be taken back, so it is asked.
    private async Task RevokeAsync(KeyLine key)
    {
        if (!await Script.ConfirmAsync(AdminText.RevokeQuestion.With(key.Name)))
        {
            return;
        }

        RevokeKeyOutcome outcome = await RevokeApiKey.RunAsync(await Current.GetAsync(), key.Id, CancellationToken.None);
        Status.Say(outcome == RevokeKeyOutcome.NotFound ? AdminText.Missing : AdminText.KeyRevoked.With(key.Name));
        await ReadAsync();
    }

    /// <summary>A key while it is made.</summary>
    public sealed class KeyForm
    {
        public string Name { get; set; } = "";

        public HashSet<string> Scopes { get; init; } = [];

        public KeyEndForm End { get; init; } = new();

        public KeyLimitForm Limits { get; init; } = new();
    }
}
