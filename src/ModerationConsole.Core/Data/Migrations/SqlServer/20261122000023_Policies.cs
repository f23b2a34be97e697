using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Policies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Code",
                table: "policy_version",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "Fields",
                table: "policy_version",
                type: "nvarchar(max)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Queues",
                table: "policy_version",
                type: "nvarchar(max)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "ReasonRequired",
                table: "policy_version",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ReasonTemplates",
                table: "policy_version",
                type: "nvarchar(max)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "RecommendedActions",
                table: "policy_version",
                type: "nvarchar(max)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Fields",
                table: "policy",
                type: "nvarchar(max)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "NextFrom",
                table: "policy",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Queues",
                table: "policy",
                type: "nvarchar(max)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "ReasonRequired",
                table: "policy",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "policy_revision",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PolicyId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OpenFor = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BasedOn = table.Column<int>(type: "int", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ParentId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Severity = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Text = table.Column<string>(type: "nvarchar(max)", maxLength: 100000, nullable: false),
                    Guidance = table.Column<string>(type: "nvarchar(max)", maxLength: 100000, nullable: false),
                    RecommendedActions = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: false),
                    ReasonTemplates = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: false),
                    ReasonRequired = table.Column<bool>(type: "bit", nullable: false),
                    Queues = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: false),
                    Fields = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: false),
                    Archived = table.Column<bool>(type: "bit", nullable: false),
                    EffectiveFrom = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Edition = table.Column<int>(type: "int", nullable: false),
                    Writers = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    WrittenBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AskedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AskNote = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: true),
                    AnsweredBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AnswerNote = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: true),
                    BecameVersion = table.Column<int>(type: "int", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_revision", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "policy_trial",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RevisionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Salt = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DrawnAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Cut = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_trial", x => x.Id);
                    table.ForeignKey(
                        name: "FK_policy_trial_policy_revision_RevisionId",
                        column: x => x.RevisionId,
                        principalTable: "policy_revision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "policy_trial_case",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TrialId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Place = table.Column<int>(type: "int", nullable: false),
                    Stratum = table.Column<int>(type: "int", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_trial_case", x => x.Id);
                    table.ForeignKey(
                        name: "FK_policy_trial_case_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_policy_trial_case_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_policy_trial_case_policy_trial_TrialId",
                        column: x => x.TrialId,
                        principalTable: "policy_trial",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "policy_trial_stratum",
                columns: table => new
                {
                    TrialId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Place = table.Column<int>(type: "int", nullable: false),
                    Verdict = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Language = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Population = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_trial_stratum", x => new { x.TrialId, x.Place });
                    table.ForeignKey(
                        name: "FK_policy_trial_stratum_policy_trial_TrialId",
                        column: x => x.TrialId,
                        principalTable: "policy_trial",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "policy_trial_judgement",
                columns: table => new
                {
                    TrialCaseId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Answer = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Edition = table.Column<int>(type: "int", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_trial_judgement", x => new { x.TrialCaseId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_policy_trial_judgement_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_policy_trial_judgement_policy_trial_case_TrialCaseId",
                        column: x => x.TrialCaseId,
                        principalTable: "policy_trial_case",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_policy_revision_OpenFor",
                table: "policy_revision",
                column: "OpenFor",
                unique: true,
                filter: "[OpenFor] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_policy_revision_PolicyId",
                table: "policy_revision",
                column: "PolicyId");

            migrationBuilder.CreateIndex(
                name: "IX_policy_revision_State_EffectiveFrom",
                table: "policy_revision",
                columns: new[] { "State", "EffectiveFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_RevisionId",
                table: "policy_trial",
                column: "RevisionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_case_CaseNumber",
                table: "policy_trial_case",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_case_DecisionId",
                table: "policy_trial_case",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_case_TrialId_Place",
                table: "policy_trial_case",
                columns: new[] { "TrialId", "Place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_judgement_PersonId",
                table: "policy_trial_judgement",
                column: "PersonId");

            // What was said of a policy beside its words was the same for all of its versions until now.
            migrationBuilder.Sql("""
                UPDATE "policy_version" SET
                    "Code" = (SELECT "Code" FROM "policy" WHERE "policy"."Id" = "policy_version"."PolicyId"),
                    "RecommendedActions" = (SELECT "RecommendedActions" FROM "policy" WHERE "policy"."Id" = "policy_version"."PolicyId"),
                    "ReasonTemplates" = (SELECT "ReasonTemplates" FROM "policy" WHERE "policy"."Id" = "policy_version"."PolicyId");
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "policy_trial_judgement");

            migrationBuilder.DropTable(
                name: "policy_trial_stratum");

            migrationBuilder.DropTable(
                name: "policy_trial_case");

            migrationBuilder.DropTable(
                name: "policy_trial");

            migrationBuilder.DropTable(
                name: "policy_revision");

            migrationBuilder.DropColumn(
                name: "Code",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "Fields",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "Queues",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "ReasonRequired",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "ReasonTemplates",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "RecommendedActions",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "Fields",
                table: "policy");

            migrationBuilder.DropColumn(
                name: "NextFrom",
                table: "policy");

            migrationBuilder.DropColumn(
                name: "Queues",
                table: "policy");

            migrationBuilder.DropColumn(
                name: "ReasonRequired",
                table: "policy");
        }
    }
}
