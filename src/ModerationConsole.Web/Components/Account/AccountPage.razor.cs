using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>A person's own account: who the console takes them for, their settings, their password.</summary>
public sealed partial class AccountPage
{
    private static readonly (string Value, string Label)[] s_themes =
    [
        ("", AccountText.ThemeSystem), ("light", AccountText.ThemeLight), ("dark", AccountText.ThemeDark), ("calm", AccountText.ThemeCalm),
    ];

    private Myself? _myself;
    private string? _settingsError;
    private string? _passwordError;
    private bool _settingsSaved;
    private bool _passwordChanged;

    [SupplyParameterFromForm(FormName = "settings")]
    public SettingsForm Settings { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "password")]
    public PasswordForm Passwords { get; set; } = null!;

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required GetMyself Read { get; init; }

    [Inject]
    public required SaveMyself Save { get; init; }

    [Inject]
    public required ChangeMyPassword Change { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _myself = await Read.RunAsync(await Current.GetAsync(), Context.RequestAborted);
        Settings ??= new SettingsForm { Theme = _myself?.Theme ?? "", TimeZone = _myself?.TimeZone ?? "" };
        Passwords ??= new PasswordForm();
    }

    private async Task SaveSettingsAsync()
    {
        SaveMyselfOutcome outcome = await Save.RunAsync(
            await Current.GetAsync(), new MySettings(Settings.Theme ?? "", (Settings.TimeZone ?? "").Trim()), Context.RequestAborted);
        _settingsSaved = outcome == SaveMyselfOutcome.Saved;
        _settingsError = outcome switch
        {
            SaveMyselfOutcome.UnknownTimeZone => AccountText.UnknownTimeZone,
            SaveMyselfOutcome.UnknownTheme => AccountText.UnknownTheme,
            SaveMyselfOutcome.Saved or SaveMyselfOutcome.InvalidDeskSettings => null,
        };
    }

    private async Task ChangePasswordAsync()
    {
        PasswordForm form = Passwords;
        if (form.Chosen != form.Repeated)
        {
            _passwordError = AccountText.PasswordsDiffer;
            return;
        }

        ChangePasswordOutcome outcome = await Change.RunAsync(await Current.GetAsync(), form.Present ?? "", form.Chosen ?? "", Context.RequestAborted);
        _passwordError = outcome.Result switch
        {
            ChangePasswordResult.Changed => null,
            ChangePasswordResult.WrongPassword => AccountText.PresentPasswordWrong,
            ChangePasswordResult.LockedOut => AccountText.PresentPasswordLocked,
            ChangePasswordResult.Refused => AccountText.PasswordRefused.With(PasswordRules.MinLength),
        };
        if (outcome.Session is { } session)
        {
            await Context.SignInAsync(ConsoleClaims.CookieScheme, session.ToPrincipal());
            _passwordChanged = true;
        }
    }

    /// <summary>The settings form.</summary>
    public sealed class SettingsForm
    {
        public string? Theme { get; set; }

        public string? TimeZone { get; set; }
    }

    /// <summary>The password form.</summary>
    public sealed class PasswordForm
    {
        public string? Present { get; set; }

        public string? Chosen { get; set; }

        public string? Repeated { get; set; }
    }
}
