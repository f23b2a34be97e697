using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Admin;

public sealed class PeopleTests(ConsoleFixture console)
{
    private const string Hostile = "<b>Bold</b> & co";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewPerson_IsRefusedInWordsThenStoredWithRolesAndTheirPasswordShownOnce()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await AdminAsync(scene);
        IPage page = await browser.OpenAsync("/admin/people/new");
        string email = $"new@{scene.Name}.local";

        await page.ExpectRefusalAsync("Save", "2 things need a change");
        await page.PressAsync("This is not an email address.");
        await Assertions.Expect(page.Field("Email")).ToBeFocusedAsync();
        await page.Field("Email").FillAsync(scene.People[0]);
        await page.Field("Name").FillAsync(Hostile);
        await page.ExpectRefusalAsync("Save", "Someone has this address already.");
        await page.Field("Email").FillAsync(email);
        await page.Field("Moderator").CheckAsync();
        await page.Field("Child-safety cases").CheckAsync();
        await page.GetByLabel("Languages").FillAsync("en, not a tag");
        await page.ExpectRefusalAsync("Save", "languages as tags");
        await page.GetByLabel("Languages").FillAsync("en, de");
        await page.PressAsync("Save");

        ILocator password = page.Field("Password for the first sign-in");
        await Assertions.Expect(password).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(".{12,}"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Hostile);
        Moderator stored = await PersonAsync(scene, email);
        Assert.Equal((Hostile, "en,de"), (stored.DisplayName, stored.Languages));
        Assert.Equal([Roles.Moderator], await RolesAsync(scene, stored.Id));
        Assert.Equal([Permission.ChildSafety], await scene.ReadAsync(db =>
            db.Set<PersonPermission>().Where(row => row.PersonId == stored.Id).Select(row => row.Permission).ToListAsync(Cancel)));
        string first = await password.InputValueAsync();
        await page.GotoAsync("/admin/people");
        await page.Row(Hostile).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Field("Name")).ToHaveValueAsync(Hostile);
        await Assertions.Expect(password).ToHaveCountAsync(0);
        Assert.DoesNotContain(first, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RolesAndTeam_Changed_AreStored()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await AdminAsync(scene);
        IPage page = await browser.OpenAsync("/admin/teams/new");

        await page.ExpectRefusalAsync("Save", "A name of at most 100 characters is needed.");
        await page.Field("Name").FillAsync("Team " + scene.Name);
        await page.SaveAsync("/admin/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a team" }).ClickAsync();
        await page.Field("Name").FillAsync("Team " + scene.Name);
        await page.ExpectRefusalAsync("Save", "Another team has this name.");
        Moderator person = await PersonAsync(scene, scene.People[0]);
        await page.GotoAsync($"/admin/people/{person.Id}");
        await page.ReadyAsync();
        await page.Field("Lead").CheckAsync();
        await Assertions.Expect(page.GetByText("Not saved yet")).ToBeVisibleAsync();
        await page.Field("Moderator").UncheckAsync();
        await page.Field("Team").SelectOptionAsync("Team " + scene.Name);
        await page.SaveAsync("/admin/people");

        Guid team = await scene.ReadAsync(db => db.Set<Team>().Where(row => row.Name == "Team " + scene.Name).Select(row => row.Id).SingleAsync(Cancel));
        Assert.Equal(team, (await PersonAsync(scene, scene.People[0])).TeamId);
        Assert.Equal([Roles.Lead], await RolesAsync(scene, person.Id));
    }

    [Fact]
    public async Task Person_Disabled_LosesTheOpenPageAndCannotSignInUntilEnabled()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext theirs = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(theirs, scene);
        long held = await desk.DrawnAsync();
        Moderator person = await PersonAsync(scene, scene.People[0]);
        await using IBrowserContext browser = await AdminAsync(scene);
        IPage page = await browser.OpenAsync($"/admin/people/{person.Id}");

        await page.PressAsync("Disable");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Disabled. Their sessions are over.");
        await desk.Page.WaitForURLAsync("**/account/login**");
        await Assertions.Expect(desk.Page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        // Perhaps in another queue by now: nobody is left in this one who may take it.
        Assert.Equal(TaskState.Waiting, await scene.ReadAsync(db => db.Set<ReviewTask>().Where(task => task.Number == held).Select(task => task.State).SingleAsync(Cancel)));
        await desk.Page.GetByLabel("Email").FillAsync(scene.People[0]);
        await desk.Page.GetByLabel("Password").FillAsync(Scene.Password);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This account is disabled. Ask an administrator.");

        await page.PressAsync("Enable");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Enabled. They can sign in again.");
        await ConsoleFixture.SignInAsync(desk.Page, scene.People[0], Scene.Password);
    }

    [Fact]
    public async Task Role_TakenWhileAPageIsOpen_ClosesThatPage()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string email = await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead);
        await using IBrowserContext browser = await console.BrowserAsync(email);
        IPage page = await browser.OpenAsync("/queues");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Queues", Level = 1 }).WaitForAsync();
        Guid id = await scene.ReadAsync(db => db.Users.Where(account => account.Email == email).Select(account => account.Id).SingleAsync(Cancel));

        await console.App.Services.GetRequiredService<SetRoles>().RunAsync(Caller.System, id, [Roles.Moderator], Cancel);

        // By whichever notices first: the frame, or the page that asks for its rows anew.
        await Assertions.Expect(page.GetByText(new Regex("You may not open this page|You may not do this any more"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task OwnRoles_CannotBeChanged()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await AdminAsync(scene);
        Moderator self = await PersonAsync(scene, $"admin@{scene.Name}.local");
        IPage page = await browser.OpenAsync($"/admin/people/{self.Id}");

        await Assertions.Expect(page.GetByText("You cannot change your own roles or access.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Field("Administrator")).ToBeDisabledAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Disable" })).ToHaveCountAsync(0);
    }

    private async Task<IBrowserContext> AdminAsync(Scene scene) =>
        await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin));

    private static Task<Moderator> PersonAsync(Scene scene, string email) => scene.ReadAsync(db => (
        from person in db.Set<Moderator>()
        join account in db.Set<IdentityUser<Guid>>() on person.Id equals account.Id
        where account.Email == email
        select person).SingleAsync(Cancel));

    private static Task<List<string?>> RolesAsync(Scene scene, Guid id) => scene.ReadAsync(db => (
        from given in db.Set<IdentityUserRole<Guid>>()
        join role in db.Set<IdentityRole<Guid>>() on given.RoleId equals role.Id
        where given.UserId == id
        select role.Name).ToListAsync(Cancel));
}
